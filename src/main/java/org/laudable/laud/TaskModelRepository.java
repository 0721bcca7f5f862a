package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.laudable.database.Sql;
import org.laudable.engine.evaluation.Binomial;
import org.laudable.llm.ItemAnswer;
import org.laudable.loop.Figure;

/** The tables {@code task_model_trial} and {@code task_model_prediction}. */
@ApplicationScoped
class TaskModelRepository {
    private final Sql sql;

    TaskModelRepository(Sql sql) {
        this.sql = sql;
    }

    record Order(long id, long projectId, long runId, int round, TaskModelTrial.Kind kind, long modelId, String state) {}

    @Transactional
    long insert(RunRow run, int round, TaskModelTrial.Kind kind, long modelId) {
        return sql.number("""
                insert into task_model_trial (project_id, run_id, round_number, kind, model_id, state) values (?, ?, ?, ?, ?, 'WAITING')
                returning id""", run.projectId(), run.id(), round, kind, modelId);
    }

    @Transactional
    boolean unfinished(long runId) {
        return sql.number("select count(*) from task_model_trial where run_id = ? and state in ('WAITING', 'RUNNING')", runId) > 0;
    }

    @Transactional
    Optional<Order> order(long id) {
        return sql.first("select * from task_model_trial where id = ?", row -> new Order(row.getLong("id"), row.getLong("project_id"),
                row.getLong("run_id"), row.getInt("round_number"), TaskModelTrial.Kind.valueOf(row.getString("kind")), row.getLong("model_id"),
                row.getString("state")), id);
    }

    @Transactional
    void state(long id, String state, String error) {
        sql.update("update task_model_trial set state = ?, error = ?, finished_at = case when ? in ('DONE', 'FAILED') then now() end where id = ?",
                state, error, state, id);
    }

    @Transactional
    void done(long id, int labels, long millis, List<ItemAnswer> answers) {
        sql.update("delete from task_model_prediction where trial_id = ?", id);
        for (ItemAnswer answer : answers) {
            switch (answer) {
                case ItemAnswer.Labeled it -> sql.update("""
                        insert into task_model_prediction (trial_id, item_id, class_id, confidence) values (?, ?, ?, ?::float4)""", id,
                        it.itemId(), it.classId(), it.confidence().isPresent() ? (float) it.confidence().getAsDouble() : null);
                case ItemAnswer.Missing it -> sql.update("insert into task_model_prediction (trial_id, item_id, absence) values (?, ?, ?)",
                        id, it.itemId(), it.reason());
            }
        }
        sql.update("""
                update task_model_trial t set state = 'DONE', labels = ?, millis = ?, items = ?, answered = ?, finished_at = now(),
                  cost_micros = coalesce((select ceil(sum(c.cost_micros * c.rate)) from llm_call c where c.run_id = t.run_id
                    and c.model_id = t.model_id and c.purpose = 'task-model' and c.created_at >= t.created_at), 0)
                where t.id = ?""", labels, millis, answers.size(), (int) answers.stream().filter(ItemAnswer.Labeled.class::isInstance).count(), id);
    }

    /** Newest first, the loop's own model of each round among them. */
    @Transactional
    List<TaskModelTrial> of(long runId) {
        return sql.list("""
                select t.id, t.round_number, t.kind, m.name, t.state, t.labels, t.items, t.answered, t.cost_micros, t.millis, t.error, t.created_at,
                  (select count(*) from task_model_prediction p join item i on i.id = p.item_id and i.audit_half = 'REPORT'
                    join resolution r on r.item_id = p.item_id and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER')
                      and r.outcome = 'LABEL' where p.trial_id = t.id and p.class_id is not null) as reported,
                  (select count(*) from task_model_prediction p join item i on i.id = p.item_id and i.audit_half = 'REPORT'
                    join resolution r on r.item_id = p.item_id and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER')
                      and r.class_id = p.class_id where p.trial_id = t.id) as correct,
                  (select count(*) from llm_call c where c.run_id = t.run_id and c.model_id = t.model_id and c.purpose = 'task-model'
                    and c.created_at >= t.created_at and (t.finished_at is null or c.created_at <= t.finished_at) and c.cache_hit) as known
                from task_model_trial t left join llm_model m on m.id = t.model_id where t.run_id = ?
                union all
                select -r.number, r.number, 'EMBEDDED_HEAD', '', 'DONE', r.labels, count(a.item_id), count(a.item_id), 0, 0, null, r.trained_at,
                  count(*) filter (where i.audit_half = 'REPORT' and x.id is not null),
                  count(*) filter (where i.audit_half = 'REPORT' and x.class_id = a.class_id), 0
                from round r join audit_prediction a on a.run_id = r.run_id and a.round_number = r.number join item i on i.id = a.item_id
                left join resolution x on x.item_id = a.item_id and x.superseded_at is null and x.origin in ('PERSON', 'REVIEWER') and x.outcome = 'LABEL'
                where r.run_id = ? and (r.number = (select max(number) from round where run_id = r.run_id and state = 'DONE')
                  or r.number in (select round_number from task_model_trial where run_id = r.run_id))
                group by r.number, r.labels, r.trained_at
                order by 2 desc, 1 desc""", row -> {
            int reported = row.getInt("reported");
            int items = row.getInt("items");
            long cost = row.getLong("cost_micros");
            boolean paid = cost > 0 && items > 0 && row.getLong("known") == 0;
            return new TaskModelTrial(row.getLong(1), row.getInt(2), TaskModelTrial.Kind.valueOf(row.getString(3)),
                    row.getString(4) == null ? "" : row.getString(4), row.getString(5), row.getInt("labels"), items, row.getInt("answered"), reported,
                    reported == 0 ? null : Figure.of(row.getInt("correct") / (double) reported, Binomial.wilson(row.getInt("correct"), reported, 0.95)),
                    paid ? OptionalLong.of(1_000 * cost / items) : OptionalLong.empty(),
                    row.getLong("millis") == 0 || items == 0 ? null : row.getLong("millis") / (double) items, row.getString("error"),
                    Sql.instant(row, "created_at"));
        }, runId, runId);
    }
}
