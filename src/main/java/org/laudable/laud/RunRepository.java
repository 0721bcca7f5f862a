package org.laudable.laud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;

/** The run table. State changes lock the row first, so that steps, pauses and stops meet in an order. */
@ApplicationScoped
class RunRepository {
    private static final String COLUMNS = "select r.* from run r ";
    private static final String OVER = "('FINISHED', 'STOPPED', 'FAILED')";

    private final Sql sql;
    private final ObjectMapper json;

    RunRepository(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** Starts a run, unless the project has one already. */
    @Transactional
    Optional<Long> insert(long projectId, RunSettings settings, long startedBy) {
        return sql.first("""
                insert into run (project_id, state, settings, started_by) values (?, 'PREPARING', ?::jsonb, ?)
                on conflict (project_id) where state not in ('FINISHED', 'STOPPED', 'FAILED') do nothing returning id""",
                row -> row.getLong(1), projectId, write(settings), startedBy);
    }

    @Transactional
    Optional<RunRow> find(long runId) {
        return sql.first(COLUMNS + "where r.id = ?", this::run, runId);
    }

    /** Reads the run and keeps everybody else from changing it until the transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<RunRow> lock(long runId) {
        return sql.first(COLUMNS + "where r.id = ? for update", this::run, runId);
    }

    /** The project's unfinished run, else its newest. */
    @Transactional
    Optional<RunRow> current(long projectId) {
        return sql.first(COLUMNS + "where r.project_id = ? order by (r.state not in " + OVER + ") desc, r.id desc limit 1",
                this::run, projectId);
    }

    /** Runs that have work or wait for answers; not those of archived projects. */
    @Transactional
    List<RunRow> active() {
        return sql.list(COLUMNS + "join project p on p.id = r.project_id and p.state = 'ACTIVE' where r.state not in "
                + "('FINISHED', 'STOPPED', 'FAILED', 'PAUSED') order by r.id", this::run);
    }

    /** Who started a run, by display name. */
    @Transactional
    Optional<String> starter(long runId) {
        return sql.first("select a.display_name from run r join account a on a.id = r.started_by where r.id = ?",
                row -> row.getString(1), runId);
    }

    @Transactional
    void move(long runId, RunState to) {
        sql.update("""
                update run set state = ?, left_state = null, error = null, version = version + 1, state_since = now(),
                  finished_at = case when ? in ('FINISHED', 'STOPPED') then now() end where id = ?""", to, to, runId);
    }

    /** PAUSED or FAILED, remembering where to go on. */
    @Transactional
    void leave(long runId, RunState to, RunState from, String error) {
        sql.update("""
                update run set state = ?, left_state = ?, error = ?, version = version + 1, state_since = now() where id = ?""",
                to, from, error, runId);
    }

    /** Where a run that is paused in mid-step goes on once resumed. */
    @Transactional
    void goOnFrom(long runId, RunState next) {
        sql.update("update run set left_state = ?, version = version + 1 where id = ?", next, runId);
    }

    @Transactional
    void stopReason(long runId, String rule, String sentence) {
        sql.update("update run set stop_rule = ?, stop_reason = ?, version = version + 1 where id = ?", rule, sentence, runId);
    }

    @Transactional
    void round(long runId, int number) {
        sql.update("update run set round_number = ?, version = version + 1 where id = ?", number, runId);
    }

    @Transactional
    void certification(long runId, CertificationState state) {
        sql.update("update run set certification = ?::jsonb, version = version + 1 where id = ?", write(state), runId);
    }

    @Transactional
    void embedding(long runId, long done, long total) {
        sql.update("update run set embedded = ?, embed_total = ? where id = ?", done, total, runId);
    }

    @Transactional
    void embeddingComplete(long runId, java.time.Instant begun) {
        sql.update("update run set embedded_at = ? where id = ?", begun, runId);
    }

    /** The database's clock, which all processes share. */
    @Transactional
    java.time.Instant now() {
        return sql.first("select clock_timestamp() as now", row -> Sql.instant(row, "now")).orElseThrow();
    }

    /** Whether items came in since the last complete pass. */
    @Transactional
    boolean embeddingDue(RunRow run) {
        return run.embeddedAt() == null || sql.number("""
                select count(*) from data_import where project_id = ? and finished_at > ?""", run.projectId(), run.embeddedAt()) > 0;
    }

    /** Whether a file is on its way in: a sample drawn now would not be one of the whole. */
    @Transactional
    boolean importing(long projectId) {
        return sql.number("select count(*) from data_import where project_id = ? and state in ('WAITING', 'RUNNING')", projectId) > 0;
    }

    /** Jobs of a kind in line or at work, over all projects. */
    @Transactional
    long unfinishedJobs(String kind) {
        return sql.number("select count(*) from job where kind = ? and state in ('WAITING', 'RUNNING')", kind);
    }

    private RunRow run(ResultSet row) throws SQLException {
        String left = row.getString("left_state");
        return new RunRow(row.getLong("id"), row.getLong("project_id"), RunState.valueOf(row.getString("state")),
                left == null ? null : RunState.valueOf(left), read(row.getString("settings"), RunSettings.class),
                row.getString("stop_rule"), row.getString("stop_reason"), row.getString("error"), row.getInt("round_number"),
                row.getLong("embedded"), row.getLong("embed_total"), Sql.instant(row, "embedded_at"),
                read(row.getString("certification"), CertificationState.class), row.getObject("started_by", Long.class),
                Sql.instant(row, "created_at"), Sql.instant(row, "state_since"), Sql.instant(row, "finished_at"));
    }

    private <T> T read(String text, Class<T> type) {
        try {
            return text == null ? null : json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A run's " + type.getSimpleName() + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
