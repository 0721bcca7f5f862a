package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.laudable.database.Sql;
import org.laudable.engine.linear.FloatMatrix;
import org.postgresql.PGConnection;

/** What models said: the newest one's word on each item, and every round's on the audit sample. */
@ApplicationScoped
class PredictionRepository {
    /** Rows per transaction. */
    static final int CHUNK = 20_000;

    private final Sql sql;
    private final DataSource dataSource;

    PredictionRepository(Sql sql, DataSource dataSource) {
        this.sql = sql;
        this.dataSource = dataSource;
    }

    /** @param secondClassId null if there is only one */
    record Prediction(long itemId, long classId, float confidence, float margin, Long secondClassId) {

        /** The two best classes of a row. */
        static Prediction of(long itemId, FloatMatrix p, int row, List<Long> classIds) {
            int first = p.argMax(row);
            int second = -1;
            for (int c = 0; c < p.cols(); c++) {
                if (c != first && (second < 0 || p.get(row, c) > p.get(row, second))) {
                    second = c;
                }
            }
            float confidence = p.get(row, first);
            return new Prediction(itemId, classIds.get(first), confidence, second < 0 ? 1 : confidence - p.get(row, second),
                    second < 0 ? null : classIds.get(second));
        }
    }

    /** Writes predictions by COPY; what is there is replaced. Give at most {@link #CHUNK} at a time. */
    @Transactional
    void save(long projectId, long runId, int modelVersion, List<Prediction> predictions) {
        StringBuilder rows = new StringBuilder(predictions.size() * 48);
        for (Prediction p : predictions) {
            rows.append(p.itemId()).append('\t').append(p.classId()).append('\t').append(p.confidence()).append('\t')
                    .append(p.margin()).append('\t').append(p.secondClassId() == null ? "\\N" : p.secondClassId()).append('\n');
        }
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("""
                    create temp table if not exists new_prediction (item_id bigint, class_id bigint, confidence real, margin real,
                      second_class_id bigint) on commit delete rows""");
            statement.execute("truncate new_prediction");
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy new_prediction from stdin", new StringReader(rows.toString()));
            statement.executeUpdate("""
                    insert into prediction (item_id, project_id, run_id, model_version, class_id, confidence, margin, second_class_id)
                    select n.item_id, %d, %d, %d, n.class_id, n.confidence, n.margin, n.second_class_id
                    from new_prediction n join item i on i.id = n.item_id
                    on conflict (item_id) do update set run_id = excluded.run_id, model_version = excluded.model_version,
                      class_id = excluded.class_id, confidence = excluded.confidence, margin = excluded.margin,
                      second_class_id = excluded.second_class_id""".formatted(projectId, runId, modelVersion));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("The predictions could not be written: " + e.getMessage(), e);
        }
    }

    record AuditPrediction(int round, long itemId, long classId, float confidence) {}

    @Transactional
    void saveAudit(long runId, int round, List<AuditPrediction> predictions) {
        sql.update("delete from audit_prediction where run_id = ? and round_number = ?", runId, round);
        sql.update("""
                insert into audit_prediction (run_id, round_number, item_id, class_id, confidence)
                select ?, ?, n.item_id, n.class_id, n.confidence
                from unnest(?::bigint[], ?::bigint[], ?::float4[]) as n (item_id, class_id, confidence)""", runId, round,
                predictions.stream().map(AuditPrediction::itemId).toArray(Long[]::new),
                predictions.stream().map(AuditPrediction::classId).toArray(Long[]::new),
                predictions.stream().map(AuditPrediction::confidence).toArray(Float[]::new));
    }

    /** Of all rounds, in order. */
    @Transactional
    List<AuditPrediction> audit(long runId) {
        return sql.list("select round_number, item_id, class_id, confidence from audit_prediction where run_id = ? order by 1, 2",
                row -> new AuditPrediction(row.getInt(1), row.getLong(2), row.getLong(3), row.getFloat(4)), runId);
    }
}
