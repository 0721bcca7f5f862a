package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.laudable.budget.BudgetService;
import org.laudable.budget.BudgetSummary;
import org.laudable.budget.Tallies;
import org.laudable.database.Sql;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;

/**
 * The learning curve of a project's run, carried on: labels, money and time to its target. Looks at all audit answers:
 * no model learns from either half of them, and a plan needs no proof. For reviewers and managers.
 */
@ApplicationScoped
public class ForecastService {
    /** Less than this per {@link RunForecast#NEXT} labels is almost nothing. */
    static final double LITTLE = 0.005;

    private final RunRepository runs;
    private final RoundRepository rounds;
    private final FittedCurves curves;
    private final BudgetService budgets;
    private final Tallies tallies;
    private final ProjectAccess access;
    private final Clock clock;
    private final Sql sql;

    ForecastService(RunRepository runs, RoundRepository rounds, FittedCurves curves, BudgetService budgets, Tallies tallies,
            ProjectAccess access, Clock clock, Sql sql) {
        this.runs = runs;
        this.rounds = rounds;
        this.curves = curves;
        this.budgets = budgets;
        this.tallies = tallies;
        this.access = access;
        this.clock = clock;
        this.sql = sql;
    }

    /** The forecast of the project's unfinished run, else of its newest; empty if it never had a text run. */
    @Transactional
    public Optional<RunForecast> current(long projectId) {
        access.require(projectId, Role.REVIEWER);
        return runs.current(projectId).map(this::of);
    }

    private RunForecast of(RunRow run) {
        FittedCurves.Fitted curve = curves.of(run);
        int labels = curve.labels();
        Optional<Double> target = Optional.ofNullable(run.settings().stopping().targetAccuracy());
        BudgetSummary budget = budgets.summary(run.projectId());
        long resolved = tallies.resolved(run.projectId());
        long perLabel = resolved == 0 ? 0 : budget.settledMicros() / resolved;
        Optional<RunForecast.Outlook> outlook = curve.outlook();
        return new RunForecast(run.id(), labels, curve.auditAnswers(), curve.rounds(), target, outlook, perLabel, pace(run.id()),
                outlook.map(seen -> advice(run, seen, labels, target, budget, perLabel)).orElse(RunForecast.Advice.TOO_EARLY));
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

    /** Seconds from one label to the next over the rounds of the last week, nights and all. */
    private Optional<Double> pace(long runId) {
        Instant weekAgo = clock.instant().minus(Duration.ofDays(7));
        List<RoundRow> week = rounds.of(runId).stream().filter(round -> round.state() == RoundRow.State.DONE && round.closedAt() != null
                && round.closedAt().isAfter(weekAgo)).toList();
        int labels = week.size() < 2 ? 0 : week.getLast().labels() - week.getFirst().labels();
        return labels < 10 ? Optional.empty()
                : Optional.of(Duration.between(week.getFirst().closedAt(), week.getLast().closedAt()).toMillis() / 1e3 / labels);
    }
}
