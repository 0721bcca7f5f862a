package org.laudable.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;

/** The job table. Progress is written from worker threads, outside any transaction. */
@ApplicationScoped
class JobRepository {
    private static final String COLUMNS = "id, kind, project_id, state, done, total, message, error, attempts, created_at,"
            + " started_at, finished_at";

    private final Sql sql;
    private final ObjectMapper json;

    JobRepository(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** A job's place: its id, and its turn among the projects. */
    record Placed(long id, long turn) {}

    /**
     * Puts a job in line. Its turn is one after its project's last one, but not before the turn that is worked on: projects take
     * turns, and one that comes late neither waits behind all of another's jobs nor goes before what it never asked for
     * (start-time fair queueing, with each job counted as one turn).
     *
     * @param traceParent of what puts it in line; null: of nothing that is traced
     */
    Placed insert(String kind, Long projectId, JsonNode payload, Long createdBy, JobPriority priority, String traceParent) {
        return sql.first("""
                insert into job (kind, project_id, payload, state, created_by, trace_parent, weight, turn)
                select ?, ?, ?::jsonb, 'WAITING', ?, ?, ?, greatest(
                  (select coalesce(max(turn), 0) + 1 from job
                   where state in ('WAITING', 'RUNNING') and weight = ? and project_id is not distinct from ?),
                  (select max(turn) from job where state = 'RUNNING' and weight = ?),
                  (select min(turn) from job where state in ('WAITING', 'RUNNING') and weight = ?))
                returning id, turn""", row -> new Placed(row.getLong(1), row.getLong(2)), kind, projectId, payload.toString(), createdBy,
                traceParent, priority.weight(), priority.weight(), projectId, priority.weight(), priority.weight()).orElseThrow();
    }

    /** Whether the project has an unfinished job of the kind; nobody else can put one in line until this transaction ends. */
    boolean isInLine(String kind, long projectId) {
        sql.list("select pg_advisory_xact_lock(hashtext('job ' || ?), ?)", row -> 1, kind, (int) projectId);
        return sql.number("""
                select count(*) from job where project_id = ? and kind = ? and state in ('WAITING', 'RUNNING')""", projectId, kind) > 0;
    }

    Placed place(long id) {
        return sql.first("select id, turn from job where id = ?", row -> new Placed(row.getLong(1), row.getLong(2)), id).orElseThrow();
    }

    /** Jobs that wait though no execution of the scheduler would begin them; none of those that are just being put in line. */
    List<Long> withoutExecution() {
        return sql.list("""
                select j.id from job j where j.state = 'WAITING' and j.created_at < now() - interval '5 seconds'
                  and not exists (select from scheduled_tasks s where s.task_name = 'job' and s.task_instance = j.id::text)
                order by j.id limit 100""", row -> row.getLong(1));
    }

    JobPriority priority(long id) {
        return JobPriority.ofWeight((int) sql.number("select weight from job where id = ?", id));
    }

    Optional<Job> find(long id) {
        return sql.first("select " + COLUMNS + " from job where id = ?", JobRepository::job, id);
    }

    List<Job> ofProject(long projectId, int limit) {
        return sql.list("select " + COLUMNS + " from job where project_id = ? order by id desc limit ?", JobRepository::job,
                projectId, limit);
    }

    List<Job> newest(int limit) {
        return sql.list("select " + COLUMNS + " from job order by id desc limit ?", JobRepository::job, limit);
    }

    Optional<JsonNode> payload(long id) {
        return sql.first("select payload from job where id = ?", row -> row.getString(1), id).map(this::readJson);
    }

    /**
     * One start of a job, by one process. Whatever it says of the job counts only until another one starts it: a process that was
     * cut off and comes back cannot speak for a job that is somebody else's by now.
     *
     * @param start    counts every start, also of those that died
     * @param failures how many before it failed
     * @param cutOff   how many just before it were cut off, in a row: they began, and nobody said how they ended
     */
    record Try(long id, int start, int failures, int cutOff) {}

    /**
     * A try that began, and all that whoever works on it has to know.
     *
     * @param traceParent of what put it in line; null: of nothing that is traced
     */
    record Started(Try mine, Job job, JsonNode payload, String traceParent) {}

    /**
     * Marks the start of a try; empty if the job ended or was cancelled meanwhile. It counts as cut off until it says otherwise:
     * one whose process dies, or that has no database any more, can say nothing.
     */
    Optional<Started> start(long id, String owner) {
        return sql.first("""
                update job set state = 'RUNNING', attempts = attempts + 1, cut_off = cut_off + 1, owner = ?, error = null,
                  started_at = coalesce(started_at, now())
                where id = ? and state in ('WAITING', 'RUNNING') and not cancel_requested returning failures, cut_off - 1 as cut_off, payload, trace_parent,\s""" + COLUMNS,
                row -> new Started(new Try(id, row.getInt("attempts"), row.getInt("failures"), row.getInt("cut_off")), job(row),
                        readJson(row.getString("payload")), row.getString("trace_parent")), owner, id);
    }

    /** Saves progress and answers whether to stop: a person asked for it, or the job is somebody else's. */
    boolean progress(Try mine, long done, long total, String message) {
        return sql.first("update job set done = ?, total = ?, message = ? where id = ? and attempts = ? returning cancel_requested",
                row -> row.getBoolean(1), done, total < 0 ? null : total, message, mine.id(), mine.start()).orElse(true);
    }

    /** Whether to stop: a person asked for it, or the job is somebody else's. */
    boolean stopRequested(Try mine) {
        return sql.first("select cancel_requested from job where id = ? and attempts = ?", row -> row.getBoolean(1), mine.id(), mine.start())
                .orElse(true);
    }

    void end(Try mine, JobState state, String error) {
        sql.update("update job set state = ?, error = ?, finished_at = now() where id = ? and attempts = ?", state, error, mine.id(), mine.start());
    }

    void failedTry(Try mine, String error) {
        sql.update("update job set state = 'WAITING', error = ?, failures = failures + 1, cut_off = 0 where id = ? and attempts = ?", error,
                mine.id(), mine.start());
    }

    /** Back in line, as if not started: its process is stopping. */
    void handBack(Try mine) {
        sql.update("update job set state = 'WAITING', cut_off = cut_off - 1 where id = ? and attempts = ? and state = 'RUNNING'", mine.id(), mine.start());
    }

    /** Back in line, and counted as cut off. */
    void cutOff(Try mine) {
        sql.update("update job set state = 'WAITING' where id = ? and attempts = ? and state = 'RUNNING'", mine.id(), mine.start());
    }

    /** How many starts in a row were cut off, one that is at work included. */
    int cutOffs(long id) {
        return (int) sql.number("select cut_off from job where id = ?", id);
    }

    /** Ends a job that was asked to stop and has nobody to say so. */
    void endIfCancelled(long id) {
        sql.update("""
                update job set state = 'CANCELLED', finished_at = now()
                where id = ? and state in ('WAITING', 'RUNNING') and cancel_requested""", id);
    }

    /** Asks a running job to stop; one that waits ends at once. */
    void requestCancel(long id) {
        sql.update("""
                update job set cancel_requested = true,
                  state = case when state = 'WAITING' then 'CANCELLED' else state end,
                  finished_at = case when state = 'WAITING' then now() else finished_at end
                where id = ? and state in ('WAITING', 'RUNNING')""", id);
    }

    /** Puts a failed or cancelled job back in line; false if it is in neither state. */
    boolean reopen(long id) {
        return sql.update("""
                update job set state = 'WAITING', cancel_requested = false, failures = 0, cut_off = 0, error = null, finished_at = null
                where id = ? and state in ('FAILED', 'CANCELLED')""", id) == 1;
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(row.getLong("id"), row.getString("kind"), row.getObject("project_id", Long.class),
                JobState.valueOf(row.getString("state")), row.getLong("done"), row.getObject("total", Long.class),
                row.getString("message"), row.getString("error"), row.getInt("attempts"), Sql.instant(row, "created_at"),
                Sql.instant(row, "started_at"), Sql.instant(row, "finished_at"));
    }

    private JsonNode readJson(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A job's payload is not JSON", e);
        }
    }
}
