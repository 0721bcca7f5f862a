package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.laudable.database.Sql;
import org.laudable.engine.evaluation.Binomial;
import org.laudable.loop.Figure;
import org.laudable.project.LabelClass;

/** What a run's language model did, what it cost, and how often people found it wrong. */
@ApplicationScoped
class OracleReport {
    private static final double CONFIDENCE = 0.95;

    private final Sql sql;
    private final ModelOracle oracle;
    private final ModelAnswers answers;

    OracleReport(Sql sql, ModelOracle oracle, ModelAnswers answers) {
        this.sql = sql;
        this.oracle = oracle;
        this.answers = answers;
    }

    @Transactional
    Optional<RunView.Oracle> of(RunRow run, List<LabelClass> classes) {
        if (!run.settings().oracle().asksModel() && !run.settings().oracle().startsByModel()) {
            return Optional.empty();
        }
        Map<String, Long> decisions = sql.list("""
                select coalesce(decision, 'OPEN'), count(*) from llm_answer where run_id = ? and (purpose = 'ORACLE' or decision is not null)
                group by 1""", row -> Map.entry(row.getString(1), row.getLong(2)), run.id()).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<RunView.Absent> absent = sql.list("""
                select absence, count(*), max(sentence), count(*) filter (where again_at is not null) from llm_answer
                where run_id = ? and state = 'ABSENT' group by absence order by 2 desc""",
                row -> new RunView.Absent(row.getString(1), row.getInt(2), row.getString(3), row.getInt(4)), run.id());
        RunView.Oracle none = new RunView.Oracle(run.settings().oracle().oracle(), oracle.name(run),
                answers.count(run.id(), "ZERO_SHOT"), decisions, absent, answers.waitingForPeople(run.id()), 0, 0, OptionalLong.empty(), 0,
                null, null, List.of());
        RunView.Oracle money = sql.first("""
                select b.settled_micros, b.reserved_micros, b.cap_micros, (select count(*) from llm_call c where c.run_id = b.run_id)
                from llm_run_budget b where b.run_id = ?""", row -> {
            long cap = row.getLong(3);
            return none.withMoney(row.getLong(1), row.getLong(2), row.wasNull() ? OptionalLong.empty() : OptionalLong.of(cap), row.getLong(4));
        }, run.id()).orElse(none);
        List<Checked> perClass = perClass(run.id());
        Map<Long, String> names = classes.stream().collect(Collectors.toMap(LabelClass::id, LabelClass::name));
        List<RunView.OracleClass> rows = perClass.stream().map(c -> new RunView.OracleClass(names.getOrDefault(c.classId(), "?"), c.said(), c.taken(),
                c.checked(), c.wrong(), error(c.wrong(), c.checked()))).toList();
        return Optional.of(money.withErrors(error(sum(perClass, Checked::wrong), sum(perClass, Checked::checked)),
                error(sum(perClass, Checked::takenWrong), sum(perClass, Checked::takenChecked)), rows));
    }

    private record Checked(long classId, int said, int taken, int checked, int wrong, int takenChecked, int takenWrong) {}

    /** Errors by the class the model said, from the random share that people checked blindly. */
    private List<Checked> perClass(long runId) {
        return sql.list("""
                select a.class_id, count(*), count(*) filter (where a.decision = 'TAKEN'),
                  count(*) filter (where a.checked and r.id is not null),
                  count(*) filter (where a.checked and r.id is not null and r.class_id is distinct from a.class_id),
                  count(*) filter (where a.checked and a.decision = 'TAKEN' and r.id is not null),
                  count(*) filter (where a.checked and a.decision = 'TAKEN' and r.id is not null and r.class_id is distinct from a.class_id)
                from llm_answer a left join resolution r on r.item_id = a.item_id and r.superseded_at is null
                  and r.origin in ('PERSON', 'REVIEWER')
                where a.run_id = ? and a.class_id is not null and a.decision is not null group by a.class_id order by 5 desc, 2 desc""",
                row -> new Checked(row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5), row.getInt(6), row.getInt(7)), runId);
    }

    private static int sum(List<Checked> rows, Function<Checked, Integer> part) {
        return rows.stream().mapToInt(part::apply).sum();
    }

    private static Figure error(int wrong, int checked) {
        return checked == 0 ? null : Figure.of((double) wrong / checked, Binomial.wilson(wrong, checked, CONFIDENCE));
    }
}
