package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.project.GoldSettings;

/** The table {@code task}. */
@ApplicationScoped
class TaskRepository {
    private final Sql sql;

    TaskRepository(Sql sql) {
        this.sql = sql;
    }

    /** What is needed to ask about windows like this one. */
    record WindowTask(long projectId, long seriesId, int point, Long runId, Integer round) {}

    /** The window a task is about; empty if it is about a text. */
    Optional<WindowTask> window(long taskId) {
        return sql.first("""
                select t.project_id, i.series_id, i.point, t.run_id, t.round_number from task t join item i on i.id = t.item_id
                where t.id = ? and i.series_id is not null""", row -> new WindowTask(row.getLong(1), row.getLong(2),
                row.getInt(3), row.getObject(4, Long.class), row.getObject(5, Integer.class)), taskId);
    }

    /** Waits for whoever works on the task, and keeps others off it until the transaction ends. */
    Optional<TaskRow> lock(long taskId) {
        return sql.first("""
                select id, project_id, item_id, run_id, round_number, purpose, state, slots, free_slots, base_slots from task
                where id = ? for update""", TaskRepository::task, taskId);
    }

    Optional<Long> projectOf(long taskId) {
        return sql.first("select project_id from task where id = ?", row -> row.getLong(1), taskId);
    }

    Optional<Terms> terms(long projectId) {
        return sql.first("""
                select p.id, p.state, p.lease_minutes, p.rate_kind, p.rate_micros, p.max_task_seconds, p.most_annotators,
                  p.gold_percent, p.gold_onboarding, p.gold_pass_percent, p.seed,
                  (select r.state from run r where r.project_id = p.id order by r.id desc limit 1) as run_state
                from project p where p.id = ?""", row -> new Terms(row.getLong("id"), row.getString("state"),
                row.getString("run_state"), row.getInt("lease_minutes"), row.getString("rate_kind"),
                row.getLong("rate_micros"), row.getInt("max_task_seconds"), row.getInt("most_annotators"),
                new GoldSettings(row.getInt("gold_percent"), row.getInt("gold_onboarding"), row.getInt("gold_pass_percent")),
                row.getLong("seed")), projectId);
    }

    /** Empty: the item is a text. */
    Optional<SeriesSpan> span(long itemId) {
        return sql.first("""
                select s.points, (select count(*) from series_channel c where c.series_id = s.id) from item i
                join series s on s.id = i.series_id where i.id = ?""", row -> new SeriesSpan(row.getInt(1), row.getInt(2)), itemId);
    }

    void takeSlot(long taskId) {
        sql.update("update task set free_slots = free_slots - 1 where id = ?", taskId);
    }

    /** Slots answered or held so far, apart for audit items and all others. */
    record Taken(long audit, long other) {}

    Taken taken(long projectId) {
        return sql.first("""
                select coalesce(sum(slots - free_slots) filter (where purpose = 'AUDIT'), 0),
                  coalesce(sum(slots - free_slots) filter (where purpose not in ('AUDIT', 'GOLD')), 0)
                from task where project_id = ? and free_slots < slots""",
                row -> new Taken(row.getLong(1), row.getLong(2)), projectId).orElseThrow();
    }

    /** Counts the free slots of a locked task anew from its held leases and counted answers. */
    int recount(long taskId) {
        return (int) sql.number("""
                update task t set free_slots = greatest(0, t.slots
                  - (select count(*) from lease l where l.task_id = t.id and l.state = 'HELD')
                  - (select count(*) from annotation a where a.task_id = t.id and a.kind in ('LABEL', 'NONE', 'FLAG')
                      and not a.surplus and not exists (select 1 from annotation later where later.task_id = a.task_id
                        and later.account_id = a.account_id and later.revision > a.revision)))
                where t.id = ? returning t.free_slots""", taskId);
    }

    /** Wants so many answers from now on. */
    void resize(long taskId, int slots) {
        sql.update("update task set slots = ? where id = ?", slots, taskId);
        recount(taskId);
    }

    /**
     * Whether somebody is left who can be asked: at work in the team, and not heard on the item.
     * Reviewers and managers are counted only where nobody else labels.
     */
    boolean someoneLeft(TaskRow task) {
        return sql.number("""
                select count(*) from project_member m join account a on a.id = m.account_id and a.enabled
                where m.project_id = ?
                  and (m.role = 'ANNOTATOR' or not exists (select 1 from project_member o
                    where o.project_id = m.project_id and o.role = 'ANNOTATOR'))
                  and not exists (select 1 from work_limit w
                    where w.project_id = m.project_id and w.account_id = m.account_id and (w.paused is not null
                    or w.skills <> '{}' and not exists (select 1 from task t where t.id = ?
                      and (t.suggestion_class_id is null or t.suggestion_class_id = any (w.skills)))))
                  and not exists (select 1 from annotation n where n.item_id = ? and n.account_id = m.account_id
                    and n.kind <> 'RETRACTED' and not exists (select 1 from annotation later
                      where later.task_id = n.task_id and later.account_id = n.account_id and later.revision > n.revision))
                  and not exists (select 1 from lease l where l.task_id = ? and l.account_id = m.account_id and l.state = 'HELD')""",
                task.projectId(), task.id(), task.itemId(), task.id()) > 0;
    }

    /** How many people hold the task now. */
    int held(long taskId) {
        return (int) sql.number("select count(*) from lease where task_id = ? and state = 'HELD'", taskId);
    }

    /** Ends the task; with a reason, a reviewer decides. */
    void close(long taskId, Optional<ReviewReason> review) {
        sql.update("""
                update task set state = 'DONE', closed_at = coalesce(closed_at, now()), review_reason = ? where id = ?
                  and (state <> 'DONE' or review_reason is distinct from ?)""", review.map(Enum::name).orElse(null), taskId,
                review.map(Enum::name).orElse(null));
    }

    /** Opens a closed task again; if its item got another open task meanwhile, this one stays aside. */
    void reopen(TaskRow task) {
        sql.update("""
                update task set closed_at = null, review_reason = null,
                  state = case when exists (select 1 from task o where o.project_id = ? and o.item_id = ? and o.state = 'OPEN')
                    then 'WITHDRAWN' else 'OPEN' end
                where id = ? and state = 'DONE'""", task.projectId(), task.itemId(), task.id());
    }

    /** The item is resolved: its other open questions are not needed, unless somebody works on them. */
    void withdrawOthers(TaskRow task) {
        sql.update("""
                with others as (
                  select id from task where project_id = ? and item_id = ? and id <> ? and state = 'OPEN' and free_slots = slots
                  for update skip locked)
                update task set state = 'WITHDRAWN', closed_at = now() from others
                where task.id = others.id and task.free_slots = task.slots""", task.projectId(), task.itemId(), task.id());
    }

    /** Locks, in order, those of the tasks on which the person holds a lease. */
    List<Long> lockHeld(long accountId, Long[] taskIds) {
        return sql.list("""
                select t.id from task t where t.id = any (?)
                  and exists (select 1 from lease l where l.task_id = t.id and l.account_id = ? and l.state = 'HELD')
                order by t.id for update of t""", row -> row.getLong(1), taskIds, accountId);
    }

    /** Locks the tasks of a project whose leases have run out; tasks somebody is just answering are left to them. */
    List<Long> lockExpired(long projectId) {
        return sql.list("""
                select t.id from task t where t.id in (select l.task_id from lease l
                  where l.state = 'HELD' and l.until < now() and l.project_id = ? limit 500)
                order by t.id for update of t skip locked""", row -> row.getLong(1), projectId);
    }

    List<Long> projectsWithExpired() {
        return sql.list("select distinct project_id from lease where state = 'HELD' and until < now() order by project_id",
                row -> row.getLong(1));
    }

    private static TaskRow task(ResultSet row) throws SQLException {
        return new TaskRow(row.getLong("id"), row.getLong("project_id"), row.getLong("item_id"),
                row.getObject("run_id", Long.class), row.getObject("round_number", Integer.class),
                Purpose.valueOf(row.getString("purpose")), row.getString("state"), row.getInt("slots"),
                row.getInt("free_slots"), row.getInt("base_slots"));
    }
}
