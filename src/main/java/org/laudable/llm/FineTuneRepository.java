package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.laudable.database.Sql;

/** The table {@code llm_fine_tune}, and the labels a model is trained on. */
@ApplicationScoped
class FineTuneRepository {
    private final Sql sql;

    FineTuneRepository(Sql sql) {
        this.sql = sql;
    }

    /** A text with its class's name. */
    record Example(String text, String className) {}

    /** People's labels outside the audit sample, of classes in use; in the order of their items. */
    @Transactional
    List<Example> examples(long projectId) {
        return sql.list("""
                select i.body, c.name from resolution r join item i on i.id = r.item_id and i.split = 'POOL' and i.body <> ''
                join label_class c on c.id = r.class_id and not c.retired
                where r.project_id = ? and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER') and r.outcome = 'LABEL' order by i.id""",
                row -> new Example(row.getString(1), row.getString(2)), projectId);
    }

    /** What a step works with. */
    record Work(long id, long projectId, long modelId, FineTune.State state, String remoteJob, Long callId, boolean cancelRequested) {}

    @Transactional
    long insert(long projectId, long modelId, int examples) {
        return sql.number("insert into llm_fine_tune (project_id, model_id, state, examples) values (?, ?, 'UPLOADING', ?) returning id",
                projectId, modelId, examples);
    }

    @Transactional
    Optional<Work> work(long id) {
        return sql.first("select * from llm_fine_tune where id = ?", row -> new Work(row.getLong("id"), row.getLong("project_id"),
                row.getLong("model_id"), FineTune.State.valueOf(row.getString("state")), row.getString("remote_job"),
                row.getObject("call_id", Long.class), row.getBoolean("cancel_requested")), id);
    }

    @Transactional
    List<Work> unfinished() {
        return sql.list("select id from llm_fine_tune where state in ('UPLOADING', 'RUNNING') order by id", row -> row.getLong(1)).stream()
                .map(id -> work(id).orElseThrow()).toList();
    }

    @Transactional
    void reserved(long id, long callId) {
        sql.update("update llm_fine_tune set call_id = ? where id = ?", callId, id);
    }

    @Transactional
    void running(long id, String file, String job) {
        sql.update("update llm_fine_tune set state = 'RUNNING', remote_file = ?, remote_job = ? where id = ?", file, job, id);
    }

    @Transactional
    void remote(long id, String state) {
        sql.update("update llm_fine_tune set remote_state = ? where id = ?", state, id);
    }

    @Transactional
    void ended(long id, FineTune.State state, String resultName, Long resultModel, Long trainedTokens, Long cost, String error) {
        sql.update("""
                update llm_fine_tune set state = ?, result_name = ?, result_model_id = ?::bigint, trained_tokens = ?::bigint,
                  cost_micros = ?::bigint, error = ?, finished_at = now() where id = ? and state in ('UPLOADING', 'RUNNING')""",
                state, resultName, resultModel, trainedTokens, cost, error, id);
    }

    @Transactional
    void requestCancel(long id) {
        sql.update("update llm_fine_tune set cancel_requested = true where id = ?", id);
    }

    @Transactional
    List<FineTune> of(long projectId) {
        return sql.list("""
                select f.*, m.name as model_name, p.currency from llm_fine_tune f join llm_model m on m.id = f.model_id
                join llm_provider p on p.id = m.provider_id where f.project_id = ? order by f.id desc""", FineTuneRepository::read, projectId);
    }

    private static FineTune read(ResultSet row) throws SQLException {
        return new FineTune(row.getLong("id"), row.getLong("project_id"), row.getString("model_name"), FineTune.State.valueOf(row.getString("state")),
                row.getString("remote_state") == null ? "" : row.getString("remote_state"), Optional.ofNullable(row.getString("result_name")),
                number(row, "result_model_id"), row.getInt("examples"), number(row, "trained_tokens"), number(row, "cost_micros"),
                row.getString("currency"), row.getString("error") == null ? "" : row.getString("error"), Sql.instant(row, "created_at"));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
