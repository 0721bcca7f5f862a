package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.laudable.database.Sql;

/** The tables {@code llm_prompt_version}, {@code llm_prompt_trial} and {@code llm_prompt_trial_answer}. */
@ApplicationScoped
class PromptRepository {
    private final Sql sql;

    PromptRepository(Sql sql) {
        this.sql = sql;
    }

    /** The project's own, newest first, then the built-in ones. */
    @Transactional
    List<PromptVersion> versions(long projectId) {
        return sql.list("""
                select v.*, a.display_name from llm_prompt_version v left join account a on a.id = v.author_id
                where v.purpose = 'classify' and (v.project_id = ? or v.project_id is null) order by v.project_id is null, v.number desc""",
                PromptRepository::version, projectId);
    }

    @Transactional
    long insert(long projectId, String template, long authorId) {
        return sql.number("""
                insert into llm_prompt_version (project_id, purpose, number, template, author_id)
                select p.id, 'classify', coalesce((select max(number) from llm_prompt_version where project_id = p.id), 0) + 1, ?, ?
                from project p where p.id = ? returning id""", template, authorId, projectId);
    }

    @Transactional
    List<TextToClassify> someItems(long projectId, int count) {
        return sql.list("""
                select id, body from item i where project_id = ? and split = 'POOL' and body <> ''
                order by exists (select 1 from resolution r where r.item_id = i.id and r.superseded_at is null
                  and r.origin in ('PERSON', 'REVIEWER') and r.outcome = 'LABEL') desc, shuffle, id limit ?""",
                row -> new TextToClassify(row.getLong(1), row.getString(2)), projectId, count);
    }

    @Transactional
    List<TextToClassify> auditItems(long projectId) {
        return sql.list("""
                select i.id, i.body from item i join resolution r on r.item_id = i.id and r.superseded_at is null
                  and r.origin in ('PERSON', 'REVIEWER') and r.outcome = 'LABEL'
                where i.project_id = ? and i.split = 'AUDIT' and i.audit_half = 'CHOOSE' order by i.shuffle, i.id""",
                row -> new TextToClassify(row.getLong(1), row.getString(2)), projectId);
    }

    @Transactional
    Optional<Long> unfinished(long projectId) {
        return sql.first("select id from llm_prompt_trial where project_id = ? and state in ('WAITING', 'RUNNING')", row -> row.getLong(1), projectId);
    }

    @Transactional
    long insertTrial(long projectId, long versionId, long modelId, PromptTrial.Scope scope, long startedBy) {
        return sql.number("""
                insert into llm_prompt_trial (project_id, prompt_version_id, model_id, scope, state, started_by) values (?, ?, ?, ?, 'WAITING', ?)
                returning id""", projectId, versionId, modelId, scope, startedBy);
    }

    /** What a job needs to run a trial. */
    record Order(long id, long projectId, long versionId, long modelId, PromptTrial.Scope scope, PromptTrial.State state) {}

    @Transactional
    Optional<Order> order(long trialId) {
        return sql.first("select * from llm_prompt_trial where id = ?", row -> new Order(row.getLong("id"), row.getLong("project_id"),
                row.getLong("prompt_version_id"), row.getLong("model_id"), PromptTrial.Scope.valueOf(row.getString("scope")),
                PromptTrial.State.valueOf(row.getString("state"))), trialId);
    }

    @Transactional
    void running(long trialId, int items) {
        sql.update("update llm_prompt_trial set state = 'RUNNING', items = ? where id = ?", items, trialId);
    }

    @Transactional
    void failed(long trialId, String error) {
        sql.update("update llm_prompt_trial set state = 'FAILED', error = ?, finished_at = now() where id = ?", error, trialId);
    }

    /** Writes the answers and what they come to; once more replaces them. */
    @Transactional
    void done(long trialId, List<ItemAnswer> answers) {
        sql.update("delete from llm_prompt_trial_answer where trial_id = ?", trialId);
        for (ItemAnswer answer : answers) {
            switch (answer) {
                case ItemAnswer.Labeled it -> sql.update("""
                        insert into llm_prompt_trial_answer (trial_id, item_id, class_id, confidence) values (?, ?, ?, ?::float4)""", trialId,
                        it.itemId(), it.classId(), it.confidence().isPresent() ? (float) it.confidence().getAsDouble() : null);
                case ItemAnswer.Missing it -> sql.update("""
                        insert into llm_prompt_trial_answer (trial_id, item_id, absence) values (?, ?, ?)""", trialId, it.itemId(), it.reason());
            }
        }
        sql.update("""
                update llm_prompt_trial t set state = 'DONE', finished_at = now(),
                  items = (select count(*) from llm_prompt_trial_answer a where a.trial_id = t.id),
                  answered = (select count(*) from llm_prompt_trial_answer a where a.trial_id = t.id and a.class_id is not null),
                  known = (select count(*) from llm_prompt_trial_answer a join resolution r on r.item_id = a.item_id and r.superseded_at is null
                    and r.origin in ('PERSON', 'REVIEWER') and r.outcome = 'LABEL' where a.trial_id = t.id and a.class_id is not null),
                  correct = (select count(*) from llm_prompt_trial_answer a join resolution r on r.item_id = a.item_id and r.superseded_at is null
                    and r.origin in ('PERSON', 'REVIEWER') and r.class_id = a.class_id where a.trial_id = t.id),
                  cost_micros = coalesce((select ceil(sum(c.cost_micros * c.rate)) from llm_call c where c.project_id = t.project_id
                    and c.model_id = t.model_id and c.prompt_version_id = t.prompt_version_id and c.purpose = 'prompt-trial'
                    and c.created_at >= t.created_at), 0)
                where t.id = ?""", trialId);
    }

    @Transactional
    List<PromptTrial> trials(long projectId, int limit) {
        return sql.list("""
                select t.*, m.name as model_name, p.currency, (select (1000 * sum(c.cost_micros * c.rate) / sum(c.items))::bigint from llm_call c
                  where c.project_id = t.project_id and c.model_id = t.model_id and c.prompt_version_id = t.prompt_version_id
                    and c.cost_micros > 0 and c.outcome in ('ANSWERED', 'PARTIAL')) as per_thousand
                from llm_prompt_trial t join llm_model m on m.id = t.model_id join project p on p.id = t.project_id where t.project_id = ? order by t.id desc limit ?""",
                PromptRepository::trial, projectId, limit);
    }

    @Transactional
    List<PromptService.TrialAnswer> answers(long trialId) {
        return sql.list("""
                select i.body, said.name, a.confidence, a.absence, truth.name from llm_prompt_trial_answer a join item i on i.id = a.item_id
                left join label_class said on said.id = a.class_id
                left join resolution r on r.item_id = a.item_id and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER')
                left join label_class truth on truth.id = r.class_id
                where a.trial_id = ? order by (a.class_id is distinct from r.class_id and r.class_id is not null) desc, i.shuffle, i.id""",
                row -> new PromptService.TrialAnswer(row.getString(1), Optional.ofNullable(row.getString(2)),
                        Optional.ofNullable(row.getObject(3, Float.class)), Optional.ofNullable(row.getString(4)),
                        Optional.ofNullable(row.getString(5))), trialId);
    }

    private static PromptVersion version(ResultSet row) throws SQLException {
        row.getLong("project_id");
        boolean builtIn = row.wasNull();
        return new PromptVersion(row.getLong("id"), row.getInt("number"), builtIn, row.getString("template"),
                row.getString("display_name") == null ? "" : row.getString("display_name"), Sql.instant(row, "created_at"));
    }

    private static PromptTrial trial(ResultSet row) throws SQLException {
        long perThousand = row.getLong("per_thousand");
        OptionalLong price = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(perThousand);
        return new PromptTrial(row.getLong("id"), row.getLong("prompt_version_id"), row.getString("model_name"),
                PromptTrial.Scope.valueOf(row.getString("scope")), PromptTrial.State.valueOf(row.getString("state")), row.getInt("items"),
                row.getInt("answered"), row.getInt("known"), row.getInt("correct"), row.getLong("cost_micros"), price, row.getString("currency"), row.getString("error"),
                Sql.instant(row, "created_at"));
    }
}
