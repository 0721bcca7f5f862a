package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.laudable.database.Sql;

/** The table series_shape. */
@ApplicationScoped
class ShapeRepository {
    private final Sql sql;

    ShapeRepository(Sql sql) {
        this.sql = sql;
    }

    record Row(long seriesId, Place place, float[] values) {}

    @Transactional
    void replace(SeriesSession session, List<Shapes.Shape> shapes) {
        long series = session.info().id();
        sql.update("delete from series_shape where series_id = ?", series);
        for (Shapes.Shape shape : shapes) {
            Float[] values = new Float[shape.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = shape.values()[i];
            }
            sql.update("insert into series_shape (series_id, project_id, point, from_index, to_index, shape) values (?, ?, ?, ?, ?, ?)",
                    series, session.info().projectId(), shape.place().point(), shape.place().from(), shape.place().to(), values);
        }
    }

    @Transactional
    List<Row> ofProject(long projectId) {
        return sql.list("select series_id, point, from_index, to_index, shape from series_shape where project_id = ?", row -> {
            Float[] values = (Float[]) row.getArray(5).getArray();
            float[] shape = new float[values.length];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = values[i];
            }
            return new Row(row.getLong(1), new Place(row.getInt(2), row.getInt(3), row.getInt(4)), shape);
        }, projectId);
    }
}
