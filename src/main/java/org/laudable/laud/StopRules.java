package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.laudable.engine.text.BudgetSpent;
import org.laudable.engine.text.GainBelowFloor;
import org.laudable.engine.text.PredictionsStable;
import org.laudable.engine.text.RoundSummary;
import org.laudable.engine.text.StopReason;
import org.laudable.engine.text.StoppingRule;
import org.laudable.engine.text.TargetReached;
import org.laudable.project.StoppingSettings;

/** The stopping rules a run was started with, asked after each round (ENGINES §1.5). */
@ApplicationScoped
class StopRules {
    /** There is nothing left to ask. */
    static final String EXHAUSTED = "exhausted";

    private static final int ROUNDS_FOR_A_CURVE = 3;

    private final RoundRepository rounds;
    private final RunBudget budget;

    StopRules(RoundRepository rounds, RunBudget budget) {
        this.rounds = rounds;
        this.budget = budget;
    }

    /** The first rule that fires on the rounds done so far; the zero-shot start is no round to stop after. */
    Optional<StopReason> check(RunRow run) {
        StoppingSettings settings = run.settings().stopping();
        List<StoppingRule> rules = new ArrayList<>();
        if (settings.budget() && !run.settings().oracle().asksModel()) { // there the cap pauses the run
            budget.of(run).stopAt().ifPresent(cap -> rules.add(new BudgetSpent(cap, Integer.MAX_VALUE)));
        }
        if (settings.targetAccuracy() != null && settings.targetAccuracy() > 0 && settings.targetAccuracy() < 1) {
            rules.add(new TargetReached(settings.targetAccuracy()));
        }
        if (settings.stable()) {
            rules.add(PredictionsStable.standard());
        }
        if (settings.gainFloor() != null) {
            rules.add(new GainBelowFloor(settings.gainFloor(), run.settings().batchSize(), ROUNDS_FOR_A_CURVE));
        }
        return StoppingRule.first(rules, history(run.id()));
    }

    /** Every round with a model and labels, in order. */
    private List<RoundSummary> history(long runId) {
        return rounds.of(runId).stream().filter(r -> r.state() == RoundRow.State.DONE && r.number() > 0)
                .map(r -> r.metrics().summary(r.costMicros())).toList();
    }
}
