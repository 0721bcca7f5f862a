package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.laudable.budget.BudgetService;
import org.laudable.budget.BudgetSummary;
import org.laudable.database.Sql;
import org.laudable.engine.evaluation.LearningForecast;
import org.laudable.engine.evaluation.LearningForecast.Estimate;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;

/**
 * The learning curve of a project's run, carried on: labels, money and time to its target. Looks at all audit answers:
 * no model learns from either half of them, and a plan needs no proof. For managers.
 */
@ApplicationScoped
public class ForecastService {
    /** Less than this per {@link RunForecast#NEXT} labels is almost nothing. */
    static final double LITTLE = 0.005;
    private static final double FURTHEST = 4;
    private static final int FAN_POINTS = 12;

    private final RunRepository runs;
    private final RoundRepository rounds;
    private final PoolRepository pool;
    private final PredictionRepository predictions;
    private final BudgetService budgets;
    private final ProjectAccess access;
    private final Sql sql;

    ForecastService(RunRepository runs, RoundRepository rounds, PoolRepository pool, PredictionRepository predictions, BudgetService budgets,
            ProjectAccess access, Sql sql) {
        this.runs = runs;
        this.rounds = rounds;
        this.pool = pool;
        this.predictions = predictions;
        this.budgets = budgets;
        this.access = access;
        this.sql = sql;
    }

    /** The forecast of the project's unfinished run, else of its newest; empty if it never had a text run. */
    @Transactional
    public Optional<RunForecast> current(long projectId) {
        access.require(projectId, Role.MANAGER);
        return runs.current(projectId).map(this::of);
    }

    private RunForecast of(RunRow run) {
        List<LearningForecast.Round> measured = measured(run);
        int labels = measured.isEmpty() ? 0 : measured.getLast().labels();
        int audit = measured.isEmpty() ? 0 : measured.getLast().right().length;
        Optional<Double> target = Optional.ofNullable(run.settings().stopping().targetAccuracy());
        BudgetSummary budget = budgets.summary(run.projectId());
        long resolved = sql.number("""
                select count(*) from resolution where project_id = ? and superseded_at is null
                  and origin in ('PERSON', 'REVIEWER', 'LLM')""", run.projectId());
        long perLabel = resolved == 0 ? 0 : budget.settledMicros() / resolved;
        Optional<RunForecast.Outlook> outlook = LearningForecast.of(measured).map(forecast -> outlook(forecast, target));
        int used = (int) measured.stream().filter(r -> r.labels() >= LearningForecast.FIRST_LABELS).count();
        return new RunForecast(labels, audit, used, target, outlook, perLabel, pace(run.projectId()),
                outlook.map(seen -> advice(run, seen, labels, target, budget, perLabel)).orElse(RunForecast.Advice.TOO_EARLY));
    }

    /** Each round's model on the audit answers known now. */
    private List<LearningForecast.Round> measured(RunRow run) {
        Map<Long, Long> truth = pool.auditTruth(run.projectId()).stream().filter(t -> t.classId() != 0)
                .collect(Collectors.toMap(PoolRepository.AuditTruth::itemId, PoolRepository.AuditTruth::classId));
        Map<Integer, TreeMap<Long, Boolean>> right = new TreeMap<>();
        for (PredictionRepository.AuditPrediction said : predictions.audit(run.id())) {
            if (truth.containsKey(said.itemId())) {
                right.computeIfAbsent(said.round(), round -> new TreeMap<>()).put(said.itemId(), truth.get(said.itemId()) == said.classId());
            }
        }
        List<Long> inAll = right.values().stream().findFirst().map(TreeMap::keySet).stream().flatMap(java.util.Set::stream)
                .filter(item -> right.values().stream().allMatch(round -> round.containsKey(item))).toList();
        List<LearningForecast.Round> measured = new ArrayList<>();
        for (RoundRow round : rounds.of(run.id())) {
            TreeMap<Long, Boolean> said = right.get(round.number());
            if (round.state() == RoundRow.State.DONE && said != null) {
                boolean[] each = new boolean[inAll.size()];
                for (int i = 0; i < each.length; i++) {
                    each[i] = said.get(inAll.get(i));
                }
                measured.add(new LearningForecast.Round(round.labels(), each));
            }
        }
        return measured;
    }

    private static RunForecast.Outlook outlook(LearningForecast forecast, Optional<Double> target) {
        double now = forecast.now();
        Optional<Estimate> toTarget = target.map(forecast::labelsFor);
        double end = now * Math.clamp(toTarget.map(Estimate::high).filter(Double::isFinite).map(high -> 1.1 * high / now).orElse(2.0), 1.5, FURTHEST);
        List<RunForecast.Ahead> fan = Stream.iterate(0, i -> i <= FAN_POINTS, i -> i + 1)
                .map(i -> (int) Math.round(now + (end - now) * i / FAN_POINTS))
                .map(n -> new RunForecast.Ahead(n, forecast.accuracy(n))).toList();
        return new RunForecast.Outlook(forecast.accuracy(now), forecast.gain(RunForecast.NEXT), toTarget, fan);
    }

    private RunForecast.Advice advice(RunRow run, RunForecast.Outlook seen, int labels, Optional<Double> target, BudgetSummary budget, long perLabel) {
        if (target.isPresent() && seen.now().low() >= target.get()) {
            return RunForecast.Advice.REACHED;
        }
        if (target.isPresent() && seen.now().middle() >= target.get()) {
            return RunForecast.Advice.LIKELY_REACHED;
        }
        if (seen.gain().high() < LITTLE) {
            return RunForecast.Advice.LITTLE_LEFT;
        }
        double more = seen.toTarget().map(all -> all.middle() - labels).orElse(0.0);
        if (budget.leftMicros().isPresent() && more * perLabel > budget.capMicros().getAsLong() - budget.settledMicros()) {
            return RunForecast.Advice.OUT_OF_BUDGET;
        }
        long texts = sql.number("select count(*) from item where project_id = ? and split = 'POOL'", run.projectId());
        return labels + more > texts ? RunForecast.Advice.OUT_OF_TEXTS : RunForecast.Advice.GO_ON;
    }

    /** Seconds from one resolved item to the next over the last week, from its first to its last. */
    private Optional<Double> pace(long projectId) {
        return sql.first("""
                select count(*), extract(epoch from max(created_at) - min(created_at)) from resolution
                where project_id = ? and superseded_at is null and origin in ('PERSON', 'REVIEWER', 'LLM')
                  and created_at > now() - interval '7 days'""",
                row -> row.getLong(1) < 10 ? Optional.<Double>empty() : Optional.of(row.getDouble(2) / (row.getLong(1) - 1)), projectId)
                .flatMap(seconds -> seconds);
    }
}
