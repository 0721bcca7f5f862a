package org.laudable.engine.text;

import java.util.List;
import java.util.Optional;
import org.laudable.engine.evaluation.Binomial;

/**
 * Stops when the audit's reporting half proves the target accuracy. It is tested after every round, so the k-th test
 * may err with α_k = .05·6/(π²k²) only: over any number of rounds a run below the target is stopped by mistake with a
 * probability of at most 5 %. Only rounds with audit answers count as tests. The bound is exact (Clopper–Pearson).
 *
 * @param target accuracy to be proved, in (0, 1)
 */
public record TargetReached(double target) implements StoppingRule {

    private static final double ALPHA = 0.05;

    public TargetReached {
        if (!(target > 0 && target < 1)) {
            throw new IllegalArgumentException("A target accuracy lies between 0 and 1, not at " + target);
        }
    }

    @Override
    public String name() {
        return "target";
    }

    @Override
    public Optional<StopReason> check(List<RoundSummary> history) {
        if (history.isEmpty() || history.getLast().auditTotal() == 0) {
            return Optional.empty();
        }
        RoundSummary now = history.getLast();
        long test = history.stream().filter(r -> r.auditTotal() > 0).count();
        double bound = Binomial.lowerBound(now.auditCorrect(), now.auditTotal(), alpha(test));
        return bound < target ? Optional.empty() : Optional.of(new StopReason(name(), 100 * bound, 100 * target));
    }

    /** What the k-th test, k ≥ 1, may spend of the 5 %. */
    static double alpha(long test) {
        return ALPHA * 6 / (Math.PI * Math.PI * test * test);
    }
}
