package org.laudable.streaming;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import org.laudable.database.Sql;

/** What the Live page reads of series. */
@ApplicationScoped
class BoardRepository {
    private final Sql sql;

    BoardRepository(Sql sql) {
        this.sql = sql;
    }

    @Transactional
    List<LiveBoard.Line> lines(long projectId) {
        return sql.list("""
                select i.id, i.name, i.zone, s.points, s.late, s.duplicates, s.refused, s.gaps, s.last_at, s.seen_at, s.recent, s.drift, s.drifted,
                  coalesce(""" + StateRepository.Rate.FADED + """
                , 0) as now_rate,
                  exists (select 1 from live_detector d join live_approval p on p.id = d.approval_id where d.series_id = i.id and p.state = 'LIVE') as known
                from series i left join live_series s on s.series_id = i.id where i.project_id = ? order by i.name limit 1000""",
                row -> new LiveBoard.Line(row.getLong("id"), row.getString("name"), row.getString("zone"), row.getBoolean("known"), row.getLong("points"),
                        row.getLong("late"), row.getLong("duplicates"), row.getLong("refused"), row.getLong("gaps"), Sql.instant(row, "last_at"),
                        Sql.instant(row, "seen_at"), row.getDouble("now_rate"), floats(row.getArray("recent")), row.getObject("drift", Double.class),
                        row.getBoolean("drifted")), projectId).stream().filter(line -> line.known() || line.points() > 0).toList();
    }

    @Transactional
    int awaiting(long projectId) {
        return (int) sql.number("select count(*) from live_anomaly where project_id = ? and meaning is not null and answered_at is null", projectId);
    }

    private static List<Float> floats(Array array) throws SQLException {
        return array == null ? List.of() : List.of((Float[]) array.getArray());
    }
}
