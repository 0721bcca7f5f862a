package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.project.Meaning;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;

/**
 * Windows of series whose answer is known, chosen among those with a verdict. An answer to one is right if it says the same
 * and, for anything but normal, its stretch overlaps the known one by at least {@link GoldRepository#LEAST_OVERLAP}. For
 * reviewers and managers.
 */
@ApplicationScoped
public class GoldWindows {
    private final ProjectAccess access;
    private final Sql sql;
    private final AuditLog audit;

    GoldWindows(ProjectAccess access, Sql sql, AuditLog audit) {
        this.access = access;
        this.sql = sql;
        this.audit = audit;
    }

    /** Gold windows first, then what a reviewer said, then what people said; the newest of each first. */
    public List<GoldWindow> list(long projectId, int limit) {
        access.require(projectId, Role.REVIEWER);
        return sql.list("""
                select i.id, i.series_id, coalesce(g.class_id, r.class_id),
                  coalesce(g.interval_from, r.interval_from, t.suggested_from, i.point),
                  coalesce(g.interval_to, r.interval_to, t.suggested_to, i.point + 1), coalesce(r.origin = 'REVIEWER', false), g.item_id is not null
                from item i
                left join resolution r on r.item_id = i.id and r.superseded_at is null and r.outcome = 'LABEL'
                  and r.origin in ('PERSON', 'REVIEWER')
                left join task t on t.id = r.task_id
                left join gold g on g.item_id = i.id
                where i.project_id = ? and i.series_id is not null and (r.id is not null or g.item_id is not null)
                order by 7 desc, 6 desc, coalesce(r.id, 0) desc, i.id limit ?""",
                row -> new GoldWindow(row.getLong(1), row.getLong(2), row.getLong(3), row.getInt(4), row.getInt(5), row.getBoolean(6),
                        row.getBoolean(7)), projectId, limit);
    }

    /**
     * Measures annotators by the window from now on. What is normal has no stretch to compare.
     *
     * @throws Refused if nobody has said what it is
     */
    @Transactional
    public void choose(long projectId, long itemId) {
        long by = access.require(projectId, Role.REVIEWER).id();
        int chosen = sql.update("""
                insert into gold (item_id, project_id, class_id, interval_from, interval_to, chosen_by)
                select i.id, i.project_id, r.class_id, case when c.meaning <> ? then coalesce(r.interval_from, t.suggested_from, i.point) end,
                  case when c.meaning <> ? then coalesce(r.interval_to, t.suggested_to, i.point + 1) end, ?
                from item i join resolution r on r.item_id = i.id and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER')
                join label_class c on c.id = r.class_id
                left join task t on t.id = r.task_id
                where i.id = ? and i.project_id = ? and i.series_id is not null and i.split <> 'AUDIT'
                on conflict (item_id) do nothing""", Meaning.NORMAL, Meaning.NORMAL, by, itemId, projectId);
        if (chosen == 0 && sql.number("select count(*) from gold where item_id = ? and project_id = ?", itemId, projectId) == 0) {
            throw new Refused("This window has no verdict any more. Reload the page.");
        }
        audit.record("gold.chosen", "item:" + itemId, projectId, Map.of());
    }

    /** The window is gold no longer; answers to it count in nobody's score. */
    @Transactional
    public void drop(long projectId, long itemId) {
        access.require(projectId, Role.REVIEWER);
        if (sql.update("delete from gold where item_id = ? and project_id = ?", itemId, projectId) > 0) {
            audit.record("gold.dropped", "item:" + itemId, projectId, Map.of());
        }
    }
}
