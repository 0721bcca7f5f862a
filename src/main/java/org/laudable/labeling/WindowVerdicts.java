package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.laudable.database.Sql;
import org.laudable.project.Meaning;

/** What people said about windows of series, as it stands now. For background work; checks no access. */
@ApplicationScoped
public class WindowVerdicts {
    private final Sql sql;

    WindowVerdicts(Sql sql) {
        this.sql = sql;
    }

    /** One verdict a window, oldest first. A verdict without an interval is about the suggested one, or its point. */
    public List<WindowVerdict> of(long projectId) {
        return sql.list("""
                select r.item_id, i.series_id, i.point, c.meaning, r.origin, r.created_at, r.channels,
                  coalesce(r.interval_from, t.suggested_from, i.point) as from_index,
                  coalesce(r.interval_to, t.suggested_to, i.point + 1) as to_index,
                  (select a.comment from annotation a where a.item_id = r.item_id and a.account_id = any (r.annotators)
                    and a.comment is not null and a.kind <> 'RETRACTED'
                    and not exists (select 1 from annotation later where later.task_id = a.task_id
                      and later.account_id = a.account_id and later.revision > a.revision)
                    order by a.id desc limit 1) as comment
                from resolution r
                join item i on i.id = r.item_id
                left join task t on t.id = r.task_id
                left join label_class c on c.id = r.class_id
                where r.project_id = ? and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER')
                  and i.series_id is not null
                order by r.id""", WindowVerdicts::verdict, projectId);
    }

    private static WindowVerdict verdict(ResultSet row) throws SQLException {
        String meaning = row.getString("meaning");
        Array channels = row.getArray("channels");
        return new WindowVerdict(row.getLong("item_id"), row.getLong("series_id"), row.getInt("point"),
                meaning == null ? null : Meaning.valueOf(meaning), row.getInt("from_index"), row.getInt("to_index"),
                channels == null ? null : Stream.of((Integer[]) channels.getArray()).mapToInt(Integer::intValue).toArray(),
                row.getString("origin"), Sql.instant(row, "created_at"), row.getString("comment"));
    }
}
