package org.laudable.laud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.laudable.database.Sql;
import org.laudable.laud.ModelAnswer.Decision;
import org.laudable.llm.ItemAnswer;

/** The table {@code llm_answer}: one row per run and item, there before the model is asked. */
@ApplicationScoped
class ModelAnswers {
    /** So often an item is asked by itself before it stays absent. */
    static final int TRIES = 4;

    private static final String COLUMNS = """
            select a.id, a.item_id, i.body, a.position, a.attempts, a.said_class_id, a.class_id, a.confidence, a.reason
            from llm_answer a join item i on i.id = a.item_id\s""";

    private final Sql sql;
    private final ObjectMapper json;

    ModelAnswers(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** Rows that are to be asked, or were being asked when their process died, in the order they were put together. */
    @Transactional
    List<ModelAnswer> open(long runId, String purpose) {
        return sql.list(COLUMNS + "where a.run_id = ? and a.purpose = ? and a.state = 'ASKING' order by a.wave, a.position",
                ModelAnswers::read, runId, purpose);
    }

    /** Puts items together to be asked; those that were asked already are left out, but for a start that brought nothing. */
    @Transactional
    void claim(RunRow run, String purpose, List<RankedItem> items, long modelId, long promptVersionId) {
        int wave = nextWave(run.id());
        sql.update("""
                insert into llm_answer (project_id, run_id, item_id, round_number, purpose, state, wave, position, model_id,
                  prompt_version_id, said_class_id, reason)
                select ?, ?, n.item_id, ?, ?, 'ASKING', ?, n.position, ?, ?, n.class_id, n.reason
                from unnest(?::int[], ?::bigint[], ?::bigint[], ?::text[]) as n (position, item_id, class_id, reason)
                on conflict (run_id, item_id) do update set purpose = excluded.purpose, state = 'ASKING', wave = excluded.wave,
                  position = excluded.position, round_number = excluded.round_number, said_class_id = excluded.said_class_id,
                  reason = excluded.reason, again_at = null
                where llm_answer.purpose = 'ZERO_SHOT' and llm_answer.state = 'ABSENT' and excluded.purpose = 'ORACLE'""", run.projectId(), run.id(), run.roundNumber(), purpose, wave, modelId,
                promptVersionId, items.stream().map(RankedItem::position).toArray(Integer[]::new),
                items.stream().map(RankedItem::itemId).toArray(Long[]::new), items.stream().map(RankedItem::classId).toArray(Long[]::new),
                items.stream().map(RankedItem::reason).toArray(String[]::new));
    }

    /** Takes up to so many absent answers up again whose time has come. */
    @Transactional
    int askAgain(RunRow run, String purpose, int count) {
        return sql.update("""
                update llm_answer set state = 'ASKING', wave = ?, again_at = null, round_number = ? where id in (
                  select id from llm_answer where run_id = ? and purpose = ? and state = 'ABSENT' and again_at <= now()
                  order by id limit ? for update)""", nextWave(run.id()), run.roundNumber(), run.id(), purpose, count);
    }

    private int nextWave(long runId) {
        return (int) sql.number("select coalesce(max(wave), 0) + 1 from llm_answer where run_id = ?", runId);
    }

    /**
     * Answers that the zero-shot start brought already and that are now asked for: nothing is paid for them again.
     *
     * @return those among the items that have one
     */
    @Transactional
    List<ModelAnswer> known(RunRow run, List<RankedItem> items) {
        sql.update("""
                update llm_answer a set said_class_id = n.class_id, reason = n.reason, round_number = ?
                from unnest(?::bigint[], ?::bigint[], ?::text[]) as n (item_id, class_id, reason)
                where a.run_id = ? and a.item_id = n.item_id and a.state = 'ANSWERED' and a.decision is null""", run.roundNumber(),
                items.stream().map(RankedItem::itemId).toArray(Long[]::new), items.stream().map(RankedItem::classId).toArray(Long[]::new),
                items.stream().map(RankedItem::reason).toArray(String[]::new), run.id());
        return sql.list(COLUMNS + """
                where a.run_id = ? and a.item_id = any (?) and a.state = 'ANSWERED' and a.decision is null order by a.item_id""",
                ModelAnswers::read, run.id(), items.stream().map(RankedItem::itemId).toArray(Long[]::new));
    }

    /** Keeps what the model said; what it will be used for is decided apart. */
    @Transactional
    void answered(long runId, ItemAnswer.Labeled answer) {
        sql.update("""
                update llm_answer set state = 'ANSWERED', class_id = ?, confidence = ?::float4, confidence_source = ?,
                  probabilities = ?::jsonb, absence = null, sentence = null, again_at = null, attempts = attempts + 1,
                  answered_at = now()
                where run_id = ? and item_id = ? and state = 'ASKING'""", answer.classId(),
                answer.confidence().isPresent() ? (float) answer.confidence().getAsDouble() : null, answer.source(),
                answer.probabilities().isEmpty() ? null : write(answer.probabilities()), runId, answer.itemId());
    }

    /**
     * There is no answer; where it may help, it is asked again after one minute, then two, four, …
     *
     * @param blocked whether something must be mended first: it is asked again as soon as the run goes on
     */
    @Transactional
    void absent(long runId, ItemAnswer.Missing answer, boolean blocked) {
        sql.update("""
                update llm_answer set state = 'ABSENT', absence = ?, sentence = ?, attempts = attempts + case when ? then 0 else 1 end,
                  again_at = case when ? then now() when ? and attempts + 1 < ?
                    then now() + make_interval(mins => (2 ^ attempts)::int) end
                where run_id = ? and item_id = ? and state = 'ASKING'""", answer.reason(), answer.sentence(), blocked, blocked,
                answer.reason().worthAnotherTry(), TRIES, runId, answer.itemId());
    }

    /** Absent ones that stayed so are asked again from the beginning. */
    @Transactional
    int retryAll(long runId) {
        return sql.update("""
                update llm_answer set again_at = now(), attempts = 0, decision = null
                where run_id = ? and state = 'ABSENT' and not exists (select 1 from resolution r
                  where r.item_id = llm_answer.item_id and r.superseded_at is null)""", runId);
    }

    @Transactional
    void decide(long answerId, Decision decision, boolean checked) {
        sql.update("update llm_answer set decision = ?, checked = ? where id = ? and decision is null", decision, checked, answerId);
    }

    /** Answered, or with {@code absentToo} finally absent, and nothing decided yet. */
    @Transactional
    List<ModelAnswer> undecided(long runId, String purpose, boolean absentToo) {
        return sql.list(COLUMNS + """
                where a.run_id = ? and a.purpose = ? and a.decision is null
                  and (a.state = 'ANSWERED' or ? and a.state = 'ABSENT' and a.again_at is null) order by a.id""",
                ModelAnswers::read, runId, purpose, absentToo);
    }

    /** How many items wait for a person before they have a label. */
    @Transactional
    int waitingForPeople(long runId) {
        return (int) sql.number("""
                select count(*) from llm_answer a where a.run_id = ? and a.decision <> 'TAKEN' and a.decision is not null
                  and not exists (select 1 from resolution r where r.item_id = a.item_id and r.superseded_at is null
                    and r.origin in ('PERSON', 'REVIEWER'))
                  and not exists (select 1 from task t where t.item_id = a.item_id and t.state = 'DONE' and t.purpose <> 'GOLD')""", runId);
    }

    /** A question to people that is not in the queue yet. */
    record ToVerify(long itemId, Decision decision, boolean checked, Long classId, Float confidence, String sentence, Long saidClassId) {}

    @Transactional
    List<ToVerify> toVerify(long runId) {
        return sql.list("""
                select a.item_id, a.decision, a.checked, a.class_id, a.confidence, a.sentence, a.said_class_id from llm_answer a
                where a.run_id = ? and (a.decision <> 'TAKEN' or a.checked) and a.decision is not null
                  and not exists (select 1 from resolution r where r.item_id = a.item_id and r.superseded_at is null
                    and r.origin in ('PERSON', 'REVIEWER'))
                  and not exists (select 1 from task t where t.item_id = a.item_id and t.state in ('OPEN', 'DONE') and t.purpose <> 'GOLD')
                order by a.id""", row -> new ToVerify(row.getLong(1), Decision.valueOf(row.getString(2)), row.getBoolean(3),
                row.getObject(4, Long.class), row.getObject(5, Float.class), row.getString(6), row.getObject(7, Long.class)), runId);
    }

    /** Whether something can be asked now: rows left by a dead process, or absent ones whose time has come. */
    @Transactional
    boolean due(long runId, String purpose) {
        return sql.number("""
                select count(*) from llm_answer where run_id = ? and purpose = ?
                  and (state = 'ASKING' or state = 'ABSENT' and again_at <= now())""", runId, purpose) > 0;
    }

    /** Absent ones that will be asked again by themselves. */
    @Transactional
    long later(long runId) {
        return sql.number("select count(*) from llm_answer where run_id = ? and purpose = 'ORACLE' and state = 'ABSENT' and again_at is not null", runId);
    }

    /** Whether everything last asked brought nothing, and the time to ask again has not come: the provider is left alone. */
    @Transactional
    boolean holdsBack(long runId) {
        return sql.number("""
                select count(*) from llm_answer where run_id = ? and wave = (select max(wave) from llm_answer where run_id = ?)
                having bool_and(state = 'ABSENT') and max(again_at) > now()""", runId, runId) > 0;
    }

    @Transactional
    int count(long runId, String purpose) {
        return (int) sql.number("select count(*) from llm_answer where run_id = ? and purpose = ?", runId, purpose);
    }

    /** What the model said of an item for the zero-shot start. */
    record ZeroShot(long itemId, long classId, Float confidence, Map<Long, Double> probabilities) {}

    @Transactional
    List<ZeroShot> zeroShot(long runId) {
        return sql.list("""
                select item_id, class_id, confidence, probabilities::text from llm_answer
                where run_id = ? and purpose = 'ZERO_SHOT' and state = 'ANSWERED' order by item_id""",
                row -> new ZeroShot(row.getLong(1), row.getLong(2), row.getObject(3, Float.class), chances(row.getString(4))), runId);
    }

    private Map<Long, Double> chances(String text) {
        try {
            return text == null ? Map.of() : json.readValue(text, new TypeReference<HashMap<Long, Double>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer's probabilities cannot be read", e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ModelAnswer read(ResultSet row) throws SQLException {
        return new ModelAnswer(row.getLong(1), row.getLong(2), row.getString(3), row.getInt(4), row.getInt(5), row.getObject(6, Long.class),
                row.getObject(7, Long.class), row.getObject(8, Float.class), row.getString(9));
    }
}
