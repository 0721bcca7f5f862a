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
import org.laudable.loop.Note;
import org.laudable.loop.RunState;
import org.laudable.loop.Runs;

/** Runs of the text loop: {@link Runs}, with the columns and settings that are its own. */
@ApplicationScoped
class RunRepository {
    private static final String COLUMNS = "select r.*, (select s.display_name from account s where s.id = r.stopped_by) as stopped_by_name from run r join project p on p.id = r.project_id and p.kind = 'TEXT' ";
    private static final String OVER = "('FINISHED', 'STOPPED', 'FAILED')";

    private final Runs runs;
    private final Sql sql;
    private final ObjectMapper json;

    RunRepository(Runs runs, Sql sql, ObjectMapper json) {
        this.runs = runs;
        this.sql = sql;
        this.json = json;
    }

    /** Starts a run, unless the project has one already. */
    @Transactional
    Optional<Long> insert(long projectId, RunSettings settings, long startedBy) {
        return runs.insert(projectId, write(settings), startedBy);
    }

    @Transactional
    Optional<RunRow> find(long runId) {
        return sql.first(COLUMNS + "where r.id = ?", this::run, runId);
    }

    /** Reads the run and keeps everybody else from changing it until the transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<RunRow> lock(long runId) {
        return sql.first(COLUMNS + "where r.id = ? for update of r", this::run, runId);
    }

    /** The project's unfinished run, else its newest. */
    @Transactional
    Optional<RunRow> current(long projectId) {
        return sql.first(COLUMNS + "where r.project_id = ? order by (r.state not in " + OVER + ") desc, r.id desc limit 1",
                this::run, projectId);
    }

    /** Who started a run, by display name. */
    @Transactional
    Optional<String> starter(long runId) {
        return runs.starter(runId);
    }

    @Transactional
    void move(long runId, RunState to) {
        runs.move(runId, to);
    }

    @Transactional
    void batchComplete(long runId, int round) {
        runs.batchComplete(runId, round);
    }

    /** Tells the managers that a round's model is there. */
    @Transactional
    void batchReady(long runId, int round, int labels) {
        runs.batchReady(runId, round, labels);
    }

    /** PAUSED or FAILED, remembering where to go on. */
    @Transactional
    void leave(long runId, RunState to, RunState from, Note error) {
        runs.leave(runId, to, from, error);
    }

    /** Where a run that is paused in mid-step goes on once resumed. */
    @Transactional
    void goOnFrom(long runId, RunState next) {
        runs.goOnFrom(runId, next);
    }

    /** What a run may spend on language models; null: no cap of its own. Never below what is settled and reserved. */
    @Transactional
    void capForModels(long runId, Long capMicros) {
        sql.update("""
                insert into llm_run_budget (run_id, cap_micros) values (?, ?::bigint)
                on conflict (run_id) do update set cap_micros = excluded.cap_micros""", runId, capMicros);
    }

    @Transactional
    void stopReason(long runId, String rule, Note reason) {
        runs.stopReason(runId, rule, reason);
    }

    @Transactional
    void stoppedBy(long runId, long accountId, Note reason) {
        runs.stoppedBy(runId, accountId, reason);
    }

    @Transactional
    void round(long runId, int number) {
        runs.round(runId, number);
    }

    @Transactional
    void certification(long runId, CertificationState state) {
        sql.update("update run set certification = ?::jsonb, version = version + 1 where id = ?", write(state), runId);
    }

    @Transactional
    void embedding(long runId, long done, long total) {
        sql.update("update run set embedded = least(?, greatest(embedded, ?)), embed_total = ? where id = ?", total, done, total, runId);
    }

    @Transactional
    void embeddingComplete(long runId, java.time.Instant begun) {
        sql.update("update run set embedded_at = ? where id = ?", begun, runId);
    }

    /** The database's clock, which all processes share. */
    @Transactional
    java.time.Instant now() {
        return runs.now();
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
        return runs.importing(projectId);
    }

    private RunRow run(ResultSet row) throws SQLException {
        String left = row.getString("left_state");
        return new RunRow(row.getLong("id"), row.getLong("project_id"), RunState.valueOf(row.getString("state")),
                left == null ? null : RunState.valueOf(left), read(row.getString("settings"), RunSettings.class),
                row.getString("stop_rule"), Runs.stopReason(row), Runs.note(row, "error"), row.getInt("round_number"),
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
