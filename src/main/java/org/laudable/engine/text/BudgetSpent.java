package org.laudable.engine.text;

import java.util.List;
import java.util.Optional;

/**
 * Stops when nothing more can be paid.
 *
 * @param capMicros millionths of the project's currency
 * @param capLabels answers, whatever they cost
 */
public record BudgetSpent(long capMicros, int capLabels) implements StoppingRule {

    @Override
    public String name() {
        return "budget";
    }

    @Override
    public Optional<StopReason> check(List<RoundSummary> history) {
        if (history.isEmpty()) {
            return Optional.empty();
        }
        RoundSummary now = history.getLast();
        if (now.labels() >= capLabels) {
            return Optional.of(new StopReason(name()));
        }
        return now.costMicros() >= capMicros
                ? Optional.of(new StopReason(name())) : Optional.empty();
    }
}
