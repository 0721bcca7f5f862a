package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;

/** Finds and locks the question a person is handed next. Tasks somebody is just taking are passed over. */
@ApplicationScoped
class PickRepository {
    /** They hold no question about the item, nor are they heard on it. 'offset 0': looked up task by task, never joined as a whole. */
    private static final String NEW_TO_THEM = """
             and not exists (select 1 from lease l join task h on h.id = l.task_id where l.project_id = t.project_id
               and l.account_id = ? and l.state = 'HELD' and h.item_id = t.item_id offset 0)
             and not exists (select 1 from annotation a where a.item_id = t.item_id and a.account_id = ?
               and a.kind <> 'RETRACTED' and not exists (select 1 from annotation later
                 where later.task_id = a.task_id and later.account_id = a.account_id and later.revision > a.revision) offset 0)
            """;
    private static final String FOR_ALL = """
            where t.project_id = ? and t.state = 'OPEN' and t.free_slots > 0 and t.reserved_for is null
             and (t.purpose = 'AUDIT') = ?""";
    /** As the index has it: else the whole queue is sorted for one question. */
    private static final String BEST_FIRST = "order by (t.purpose = 'AUDIT'), t.priority desc, t.id limit ";
    private static final int TRIES = 3;

    private final Sql sql;

    PickRepository(Sql sql) {
        this.sql = sql;
    }

    /** The best that is reserved for the person, or for their groups in this order. */
    Optional<Long> reserved(long projectId, WorkLimits person) {
        for (String key : person.reservations()) {
            Optional<Long> found = sql.first("""
                    select t.id from task t where t.project_id = ? and t.state = 'OPEN' and t.free_slots > 0 and t.reserved_for = ?
                    """ + NEW_TO_THEM + "order by t.priority desc, t.id limit 1 for update of t skip locked",
                    row -> row.getLong(1), projectId, key, person.accountId(), person.accountId());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The best of the common queue, within the person's skills. */
    Optional<Long> best(long projectId, WorkLimits person, boolean audit) {
        return person.skills().isEmpty() ? any(projectId, person.accountId(), audit) : skilled(projectId, person, audit);
    }

    private Optional<Long> any(long projectId, long accountId, boolean audit) {
        return sql.first("select t.id from task t " + FOR_ALL + NEW_TO_THEM
                + BEST_FIRST + "1 for update of t skip locked", row -> row.getLong(1),
                projectId, audit, accountId, accountId);
    }

    /** Looks at the best few of each class, so that the rest of a long queue is not read. */
    private Optional<Long> skilled(long projectId, WorkLimits person, boolean audit) {
        String few = FOR_ALL + " and t.suggestion_class_id %s" + NEW_TO_THEM
                + "order by (t.purpose = 'AUDIT'), t.suggestion_class_id, t.priority desc, t.id limit 3";
        String query = "select id from (select f.* from unnest(?::bigint[]) as s (class_id) cross join lateral (select t.id, t.priority"
                + " from task t " + few.formatted("= s.class_id") + ") f union all (select t.id, t.priority from task t "
                + few.formatted("is null") + ")) as candidate order by priority desc, id";
        for (int i = 0; i < TRIES; i++) { // others may take the same ones in this moment
            List<Long> candidates = sql.list(query, row -> row.getLong(1), person.skills().toArray(Long[]::new), projectId, audit,
                    person.accountId(), person.accountId(), projectId, audit, person.accountId(), person.accountId());
            for (long candidate : candidates) {
                Optional<Long> locked = sql.first("""
                        select id from task where id = ? and state = 'OPEN' and free_slots > 0 and reserved_for is null
                        for update skip locked""", row -> row.getLong(1), candidate);
                if (locked.isPresent()) {
                    return locked;
                }
            }
            if (candidates.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Locks the open task about a window, if this person could be handed it now. */
    Optional<Long> window(long projectId, long accountId, long seriesId, int point) {
        return sql.first("""
                select t.id from task t join item i on i.id = t.item_id
                where t.project_id = ? and i.series_id = ? and i.point = ? and t.state = 'OPEN' and t.free_slots > 0
                  and t.reserved_for is null
                """ + NEW_TO_THEM + "for update of t skip locked", row -> row.getLong(1), projectId, seriesId, point, accountId, accountId);
    }

    /** Which kinds of question can be handed out now. */
    record Open(boolean audit, boolean other, boolean reserved, long slots) {}

    /**
     * What a person may find.
     *
     * @param enough stops counting there
     */
    Open open(long projectId, WorkLimits person, long enough) {
        String queue = """
                 from task t where t.project_id = ? and t.state = 'OPEN' and t.free_slots > 0 and t.reserved_for is null
                """;
        return sql.first("select coalesce((select true" + queue + "and (t.purpose = 'AUDIT') = true " + BEST_FIRST + "1), false),"
                + " coalesce((select true" + queue + "and (t.purpose = 'AUDIT') = false " + BEST_FIRST + "1), false),"
                + """
                 exists (select 1 from task t where t.project_id = ? and t.state = 'OPEN' and t.free_slots > 0
                  and t.reserved_for = any (?)),
                 (select coalesce(sum(free_slots), 0) from (select t.free_slots
                """ + queue + BEST_FIRST + "?) as available)",
                row -> new Open(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3), row.getLong(4)),
                projectId, projectId, projectId, person.reservations().toArray(String[]::new), projectId, enough).orElseThrow();
    }
}
