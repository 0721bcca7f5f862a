package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.laudable.database.Sql;
import org.laudable.engine.evaluation.LabelScenarios.Effort;
import org.laudable.engine.evaluation.LabelScenarios.Mean;

/** What is measured of people and of a language model in a project: audited answers, price and time of a label. */
@ApplicationScoped
class WaysRepository {
    /** The newest so many stand for all. */
    private static final int NEWEST = 1_000;
    /** An answer per item, the newest: drawn at random for a blind check, or given to the audit sample in a trial of the words. */
    private static final String AUDITED = """
            with said as (
              select a.item_id, a.class_id, a.confidence, a.said_class_id, a.answered_at as at from llm_answer a
              where a.project_id = ? and a.model_id = ? and a.prompt_version_id = ? and a.checked and a.class_id is not null
              union all
              select s.item_id, s.class_id, s.confidence, p.class_id, t.finished_at from llm_prompt_trial t
              join llm_prompt_trial_answer s on s.trial_id = t.id and s.class_id is not null
              left join audit_prediction p on p.item_id = s.item_id and p.run_id = ? and p.round_number = ?
              where t.project_id = ? and t.model_id = ? and t.prompt_version_id = ? and t.scope = 'AUDIT' and t.state = 'DONE')
            select distinct on (s.item_id) s.class_id is not distinct from r.class_id, s.confidence, s.class_id is not distinct from s.said_class_id
            from said s join resolution r on r.item_id = s.item_id and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER')
            order by s.item_id, s.at desc""";

    private final Sql sql;

    WaysRepository(Sql sql) {
        this.sql = sql;
    }

    /**
     * A language model's answer to an item that people labelled without seeing it.
     *
     * @param confidence null if it gave none
     * @param agrees     with the task model of the time
     */
    record Answer(boolean right, Float confidence, boolean agrees) {}

    List<Answer> audited(long projectId, long modelId, long promptVersion, long runId, int round) {
        return sql.list(AUDITED, row -> new Answer(row.getBoolean(1), row.getObject(2, Float.class), row.getBoolean(3)), projectId, modelId,
                promptVersion, runId, round, projectId, modelId, promptVersion);
    }

    record Checked(int answers, int wrong) {}

    /** People's answers to gold questions. */
    Checked gold(long projectId) {
        return sql.first("""
                select count(*), count(*) filter (where a.class_id is distinct from g.class_id) from task t
                join gold g on g.item_id = t.item_id join annotation a on a.task_id = t.id and a.kind in ('LABEL', 'NONE')
                where t.project_id = ? and t.purpose = 'GOLD' and not exists (select 1 from annotation later where later.task_id = a.task_id
                  and later.account_id = a.account_id and later.revision > a.revision)""",
                row -> new Checked(row.getInt(1), row.getInt(2)), projectId).orElse(new Checked(0, 0));
    }

    /** What a label by people takes: what was paid for an answer and how long it took, times the answers a label rests on. */
    Effort people(long projectId) {
        double answers = sql.first("""
                select avg(greatest(1, cardinality(r.annotators))) from (select item_id from annotation where project_id = ? and kind = 'LABEL'
                  order by id desc limit ?) a join resolution r on r.item_id = a.item_id and r.superseded_at is null and r.origin = 'PERSON'""",
                row -> Math.max(1, row.getDouble(1)), projectId, NEWEST).orElse(1.0);
        Mean micros = mean("""
                select avg(s.amount_micros), stddev_samp(s.amount_micros), count(*) from (select id, reservation_id, amount_micros from ledger_entry
                  where project_id = ? and kind = 'SETTLE' and source = 'PERSON' order by id desc limit ?) s
                where not exists (select 1 from ledger_entry r where r.reservation_id = s.reservation_id and r.kind = 'REVERSE')""", answers, projectId);
        Mean seconds = mean("""
                select avg(a.active_millis) / 1e3, stddev_samp(a.active_millis) / 1e3, count(*) from (select active_millis from annotation
                  where project_id = ? and kind in ('LABEL', 'NONE') order by id desc limit ?) a""", answers, projectId);
        return new Effort(micros, seconds);
    }

    private Mean mean(String query, double times, long projectId) {
        return sql.first(query, row -> row.getInt(3) == 0 ? new Mean(0, 0)
                : new Mean(times * row.getDouble(1), times * row.getDouble(2) / Math.sqrt(row.getInt(3))), projectId, NEWEST).orElse(new Mean(0, 0));
    }

    private record Call(int items, double micros, double seconds) {}

    /**
     * What an answer by a language model takes: all calls paid for, failed ones and retries among them, over the answers they
     * brought.
     *
     * @param concurrency calls at the same time
     */
    Effort model(long projectId, long modelId, int concurrency) {
        List<Call> calls = sql.list("""
                select case when c.outcome in ('ANSWERED', 'PARTIAL') then c.items else 0 end, coalesce(e.amount_micros, 0), coalesce(c.latency_ms, 0)
                from (select * from llm_call where project_id = ? and model_id = ? and purpose in ('classify', 'prompt-trial') and not cache_hit
                  order by id desc limit ?) c
                left join ledger_entry e on e.reservation_id = c.reservation_id and e.kind = 'SETTLE'""",
                row -> new Call(row.getInt(1), row.getDouble(2), row.getInt(3) / 1e3 / concurrency), projectId, modelId, NEWEST);
        return new Effort(ratio(calls, Call::micros), ratio(calls, Call::seconds));
    }

    /** A sum over all calls per answer, with the standard error of a ratio. */
    private static Mean ratio(List<Call> calls, java.util.function.ToDoubleFunction<Call> part) {
        int answers = calls.stream().mapToInt(Call::items).sum();
        if (answers == 0) {
            return new Mean(0, 0);
        }
        double each = calls.stream().mapToDouble(part).sum() / answers;
        double squares = calls.stream().mapToDouble(call -> Math.pow(part.applyAsDouble(call) - each * call.items(), 2)).sum();
        return new Mean(each, calls.size() < 2 ? each : Math.sqrt(squares * calls.size() / (calls.size() - 1)) / answers);
    }
}
