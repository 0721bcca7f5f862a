package org.laudable.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The job table. Plain SQL: progress is written from worker threads, outside any transaction. */
@ApplicationScoped
class JobRepository {
    private static final String COLUMNS = "id, kind, project_id, state, done, total, message, error, attempts, created_at,"
            + " started_at, finished_at";

    private final DataSource dataSource;
    private final ObjectMapper json;

    JobRepository(DataSource dataSource, ObjectMapper json) {
        this.dataSource = dataSource;
        this.json = json;
    }

    long insert(String kind, Long projectId, JsonNode payload, Long createdBy) {
        return withConnection(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into job (kind, project_id, payload, state, created_by)
                    values (?, ?, ?::jsonb, 'WAITING', ?) returning id""")) {
                insert.setString(1, kind);
                insert.setObject(2, projectId);
                insert.setString(3, payload.toString());
                insert.setObject(4, createdBy);
                return single(insert, row -> row.getLong(1)).orElseThrow();
            }
        });
    }

    Optional<Job> find(long id) {
        return withConnection(connection -> {
            try (PreparedStatement query = connection.prepareStatement("select " + COLUMNS + " from job where id = ?")) {
                query.setLong(1, id);
                return single(query, JobRepository::job);
            }
        });
    }

    List<Job> ofProject(long projectId, int limit) {
        return withConnection(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "select " + COLUMNS + " from job where project_id = ? order by id desc limit ?")) {
                query.setLong(1, projectId);
                query.setInt(2, limit);
                return list(query, JobRepository::job);
            }
        });
    }

    List<Job> newest(int limit) {
        return withConnection(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "select " + COLUMNS + " from job order by id desc limit ?")) {
                query.setInt(1, limit);
                return list(query, JobRepository::job);
            }
        });
    }

    Optional<JsonNode> payload(long id) {
        return withConnection(connection -> {
            try (PreparedStatement query = connection.prepareStatement("select payload from job where id = ?")) {
                query.setLong(1, id);
                return single(query, row -> readJson(row.getString(1)));
            }
        });
    }

    /** Marks the start of a try; empty if the job ended or was cancelled meanwhile. */
    Optional<Integer> start(long id, String owner) {
        return withConnection(connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                    update job set state = 'RUNNING', attempts = attempts + 1, owner = ?, error = null,
                      started_at = coalesce(started_at, now())
                    where id = ? and state in ('WAITING', 'RUNNING') and not cancel_requested returning attempts""")) {
                update.setString(1, owner);
                update.setLong(2, id);
                return single(update, row -> row.getInt(1));
            }
        });
    }

    /** Saves progress and answers whether a person asked to stop. */
    boolean progress(long id, long done, long total, String message) {
        return withConnection(connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                    update job set done = ?, total = ?, message = ? where id = ? returning cancel_requested""")) {
                update.setLong(1, done);
                update.setObject(2, total < 0 ? null : total);
                update.setString(3, message);
                update.setLong(4, id);
                return single(update, row -> row.getBoolean(1)).orElse(true);
            }
        });
    }

    boolean cancelRequested(long id) {
        return withConnection(connection -> {
            try (PreparedStatement query = connection.prepareStatement("select cancel_requested from job where id = ?")) {
                query.setLong(1, id);
                return single(query, row -> row.getBoolean(1)).orElse(true);
            }
        });
    }

    void end(long id, JobState state, String error) {
        update("update job set state = ?, error = ?, finished_at = now() where id = ?", state.name(), error, id);
    }

    void failedTry(long id, String error) {
        update("update job set state = 'WAITING', error = ? where id = ?", error, id);
    }

    /** Asks a running job to stop; one that waits ends at once. */
    void requestCancel(long id) {
        update("""
                update job set cancel_requested = true,
                  state = case when state = 'WAITING' then 'CANCELLED' else state end,
                  finished_at = case when state = 'WAITING' then now() else finished_at end
                where id = ? and state in ('WAITING', 'RUNNING')""", id);
    }

    /** Puts a failed or cancelled job back in line; false if it is in neither state. */
    boolean reopen(long id) {
        return update("""
                update job set state = 'WAITING', cancel_requested = false, attempts = 0, error = null, finished_at = null
                where id = ? and state in ('FAILED', 'CANCELLED')""", id) == 1;
    }

    private int update(String sql, Object... parameters) {
        return withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                return statement.executeUpdate();
            }
        });
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(row.getLong("id"), row.getString("kind"), row.getObject("project_id", Long.class),
                JobState.valueOf(row.getString("state")), row.getLong("done"), row.getObject("total", Long.class),
                row.getString("message"), row.getString("error"), row.getInt("attempts"),
                instant(row.getTimestamp("created_at")), instant(row.getTimestamp("started_at")),
                instant(row.getTimestamp("finished_at")));
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private JsonNode readJson(String text) {
        try {
            return json.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("A job's payload is not JSON", e);
        }
    }

    private <T> T withConnection(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The job table cannot be reached", e);
        }
    }

    private static <T> Optional<T> single(PreparedStatement statement, Row<T> mapping) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(mapping.read(rows)) : Optional.empty();
        }
    }

    private static <T> List<T> list(PreparedStatement statement, Row<T> mapping) throws SQLException {
        List<T> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(mapping.read(rows));
            }
        }
        return found;
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
