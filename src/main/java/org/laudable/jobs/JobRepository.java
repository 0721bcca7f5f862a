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

    long insert(String kind, Long projectId, JsonNode payload, Long createdBy) {
        return sql.number("""
                insert into job (kind, project_id, payload, state, created_by)
                values (?, ?, ?::jsonb, 'WAITING', ?) returning id""", kind, projectId, payload.toString(), createdBy);
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

    /** Marks the start of a try; empty if the job ended or was cancelled meanwhile. */
    Optional<Integer> start(long id, String owner) {
        return sql.first("""
                update job set state = 'RUNNING', attempts = attempts + 1, owner = ?, error = null,
                  started_at = coalesce(started_at, now())
                where id = ? and state in ('WAITING', 'RUNNING') and not cancel_requested returning attempts""",
                row -> row.getInt(1), owner, id);
    }

    /** Saves progress and answers whether a person asked to stop. */
    boolean progress(long id, long done, long total, String message) {
        return sql.first("update job set done = ?, total = ?, message = ? where id = ? returning cancel_requested",
                row -> row.getBoolean(1), done, total < 0 ? null : total, message, id).orElse(true);
    }

    boolean cancelRequested(long id) {
        return sql.first("select cancel_requested from job where id = ?", row -> row.getBoolean(1), id).orElse(true);
    }

    void end(long id, JobState state, String error) {
        sql.update("update job set state = ?, error = ?, finished_at = now() where id = ?", state, error, id);
    }

    void failedTry(long id, String error) {
        sql.update("update job set state = 'WAITING', error = ? where id = ?", error, id);
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
                update job set state = 'WAITING', cancel_requested = false, attempts = 0, error = null, finished_at = null
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
