package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.laudable.database.Sql;

/** The ranked questions a project has for people. For background work; checks no access. */
@ApplicationScoped
public class TaskQueue {
    /** How many questions a deck holds ahead. */
    public static final int PREFETCH = 3;

    private final Sql sql;

    TaskQueue(Sql sql) {
        this.sql = sql;
    }

    /**
     * Adds questions, in one statement. Skips items that have an open task, a label or 'none of these' from people, or
     * that wait for a reviewer. What a file suggested for an item shows where no model of the loop has learned yet.
     *
     * @param runId the run that asks, or null
     * @param round its round, or null
     * @return how many were added
     */
    @Transactional
    public int enqueue(long projectId, Long runId, Integer round, List<NewTask> tasks) {
        return insert(projectId, runId, round, tasks, new Integer[tasks.size()], new Integer[tasks.size()]);
    }

    /**
     * Adds questions about windows of series and makes the items they are about. Skips windows like {@link #enqueue}, and
     * those outside the project's series.
     *
     * @param runId the run that asks, or null
     * @param round its round, or null
     * @return how many were added
     */
    @Transactional
    public int enqueueWindows(long projectId, Long runId, Integer round, List<NewWindow> windows) {
        if (windows.isEmpty()) {
            return 0;
        }
        Long[] series = windows.stream().map(NewWindow::seriesId).toArray(Long[]::new);
        Integer[] points = windows.stream().map(NewWindow::point).toArray(Integer[]::new);
        sql.update("""
                insert into item (project_id, body, fingerprint, shuffle, series_id, point)
                select distinct s.project_id, '', decode(md5(format('window %s %s', s.id, n.point)), 'hex'),
                  hashint8(s.id * 1000003 + n.point), s.id, n.point
                from unnest(?::bigint[], ?::int[]) as n (series_id, point)
                join series s on s.id = n.series_id and s.project_id = ? and n.point >= 0 and n.point < s.points
                on conflict do nothing""", series, points, projectId);
        Map<Place, Long> items = new HashMap<>();
        sql.list("""
                select i.series_id, i.point, i.id from item i
                join unnest(?::bigint[], ?::int[]) as n (series_id, point) on i.series_id = n.series_id and i.point = n.point
                where i.project_id = ?""",
                row -> items.put(new Place(row.getLong(1), row.getInt(2)), row.getLong(3)), series, points, projectId);
        List<NewWindow> known = windows.stream().filter(window -> items.containsKey(Place.of(window))).toList();
        return insert(projectId, runId, round,
                known.stream().map(window -> new NewTask(items.get(Place.of(window)), window.purpose(), window.priority(),
                        window.reason(), window.suggestionClassId(), window.suggestionConfidence(), window.suggestionSource()))
                        .toList(),
                known.stream().map(NewWindow::suggestedFrom).toArray(Integer[]::new),
                known.stream().map(NewWindow::suggestedTo).toArray(Integer[]::new));
    }

    private record Place(long seriesId, int point) {
        static Place of(NewWindow window) {
            return new Place(window.seriesId(), window.point());
        }
    }

    private int insert(long projectId, Long runId, Integer round, List<NewTask> tasks, Integer[] from, Integer[] to) {
        if (tasks.isEmpty()) {
            return 0;
        }
        return sql.update("""
                insert into task (project_id, item_id, run_id, round_number, purpose, priority, reason, suggestion_class_id,
                  suggestion_confidence, suggestion_source, suggested_from, suggested_to, slots, free_slots, base_slots)
                select p.id, n.item_id, cast(? as bigint), cast(? as int), n.purpose, n.priority, n.reason,
                  coalesce(f.class_id, n.class_id), case when f.class_id is null then n.confidence else f.confidence end,
                  coalesce(f.source, n.source), n.from_index, n.to_index, w.answers, w.answers, w.answers
                from project p, unnest(?::bigint[], ?::text[], ?::float8[], ?::text[], ?::bigint[], ?::float4[], ?::text[],
                    ?::int[], ?::int[])
                  as n (item_id, purpose, priority, reason, class_id, confidence, source, from_index, to_index)
                cross join lateral (select case when n.purpose = 'AUDIT'
                    or mod(hashint8extended(n.item_id, p.seed) & 9223372036854775807, 100) < p.overlap_percent
                  then p.overlap else 1 end as answers) w
                left join lateral (select s.class_id, s.confidence, s.source from item_suggestion s
                  join label_class c on c.id = s.class_id and not c.retired
                  where s.item_id = n.item_id and n.purpose in ('TRAIN', 'CERTIFY') and (n.class_id is null or n.source = 'zero-shot')) f on true
                where p.id = ?
                  and exists (select 1 from item i where i.id = n.item_id and i.project_id = p.id)
                  and not exists (select 1 from resolution r where r.item_id = n.item_id and r.superseded_at is null
                    and r.origin in ('PERSON', 'REVIEWER'))
                  and not exists (select 1 from annotation a where a.item_id = n.item_id and a.kind = 'FLAG'
                    and not exists (select 1 from annotation later where later.task_id = a.task_id
                      and later.account_id = a.account_id and later.revision > a.revision))
                  and not exists (select 1 from task t where t.item_id = n.item_id and t.review_reason is not null)
                on conflict (project_id, item_id) where state = 'OPEN' do nothing""",
                runId, round,
                tasks.stream().map(NewTask::itemId).toArray(Long[]::new),
                tasks.stream().map(task -> task.purpose().name()).toArray(String[]::new),
                tasks.stream().map(NewTask::priority).toArray(Double[]::new),
                tasks.stream().map(NewTask::reason).toArray(String[]::new),
                tasks.stream().map(NewTask::suggestionClassId).toArray(Long[]::new),
                tasks.stream().map(NewTask::suggestionConfidence).toArray(Float[]::new),
                tasks.stream().map(NewTask::suggestionSource).toArray(String[]::new), from, to, projectId);
    }

    /**
     * Takes questions of this purpose back that nobody holds and nobody answered; those a person put in the queue stay.
     *
     * @return how many
     */
    @Transactional
    public int withdrawUnheld(long projectId, Purpose purpose) {
        return sql.update("""
                with untouched as (
                  select id from task where project_id = ? and purpose = ? and state = 'OPEN' and free_slots = slots and bulk_id is null
                    and not asked_again
                  order by id for update skip locked)
                update task set state = 'WITHDRAWN', closed_at = now()
                from untouched where task.id = untouched.id and task.free_slots = task.slots""", projectId, purpose);
    }

    /**
     * Gives open questions a new rank; those somebody holds, or put in the queue, keep theirs.
     *
     * @param priorities item id → priority
     * @return how many were changed
     */
    @Transactional
    public int reprioritize(long projectId, Map<Long, Double> priorities) {
        return sql.update("""
                with ranked as (
                  select t.id, n.priority from task t
                  join unnest(?::bigint[], ?::float8[]) as n (item_id, priority) on n.item_id = t.item_id
                  where t.project_id = ? and t.state = 'OPEN' and t.free_slots = t.slots and t.bulk_id is null
                  order by t.id for update of t skip locked)
                update task set priority = ranked.priority from ranked where task.id = ranked.id""",
                priorities.keySet().toArray(Long[]::new), priorities.values().toArray(Double[]::new), projectId);
    }

    /** Gives open questions that nobody holds a new reason and suggestion; their rank stays. */
    @Transactional
    public int describe(long projectId, List<NewTask> tasks) {
        return sql.update("""
                update task set reason = n.reason, suggestion_class_id = n.class_id, suggestion_confidence = n.confidence,
                  suggestion_source = n.source
                from unnest(?::bigint[], ?::text[], ?::bigint[], ?::float4[], ?::text[])
                  as n (item_id, reason, class_id, confidence, source)
                where task.project_id = ? and task.item_id = n.item_id and task.state = 'OPEN' and task.free_slots = task.slots""",
                tasks.stream().map(NewTask::itemId).toArray(Long[]::new),
                tasks.stream().map(NewTask::reason).toArray(String[]::new),
                tasks.stream().map(NewTask::suggestionClassId).toArray(Long[]::new),
                tasks.stream().map(NewTask::suggestionConfidence).toArray(Float[]::new),
                tasks.stream().map(NewTask::suggestionSource).toArray(String[]::new), projectId);
    }

    /** How many questions of this purpose still want an answer, held ones included. */
    @Transactional
    public long open(long projectId, Purpose purpose) {
        return sql.number("select count(*) from task where project_id = ? and purpose = ? and state = 'OPEN'",
                projectId, purpose);
    }

    /** How many questions the queue should hold: max(batch, 3 × people at work × prefetch). */
    @Transactional
    public int demand(long projectId) {
        return (int) sql.number("""
                select greatest(p.batch_size, 3 * ? * greatest(1, (select count(distinct l.account_id) from lease l
                  where l.project_id = p.id and l.state = 'HELD')))
                from project p where p.id = ?""", PREFETCH, projectId);
    }
}
