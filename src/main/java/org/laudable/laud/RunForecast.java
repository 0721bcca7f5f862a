package org.laudable.laud;

import java.util.List;
import java.util.Optional;
import org.laudable.engine.evaluation.LearningForecast.Estimate;

/**
 * What a run's further labels will buy, with 80 % bands.
 *
 * @param runId          whose curve it is
 * @param labels         training labels so far
 * @param auditAnswers   that measure
 * @param target         accuracy to reach; empty: none is set
 * @param outlook        empty while there are too few rounds or audit answers
 * @param microsPerLabel what a resolved item cost so far; 0: nothing
 * @param secondsPerLabel at the pace of the last week, nights and all; empty: not known
 */
public record RunForecast(long runId, int labels, int auditAnswers, int rounds, Optional<Double> target, Optional<Outlook> outlook,
        long microsPerLabel, Optional<Double> secondsPerLabel, Advice advice) {

    /** Labels ahead that 'what the next labels buy' looks at. */
    public static final int NEXT = 100;

    /**
     * @param now      accuracy as the law has it today
     * @param gain     what the next {@link #NEXT} labels add
     * @param toTarget labels in all until the target, infinite where it is never reached; empty without a target
     * @param fan      accuracy at some numbers of labels ahead
     */
    public record Outlook(Estimate now, Estimate gain, Optional<Estimate> toTarget, List<Ahead> fan) {}

    public record Ahead(int labels, Estimate accuracy) {}

    /** Whether to go on, and why. */
    public enum Advice {
        /** Too early to say. */
        TOO_EARLY,
        /** The band's lower end has reached the target. */
        REACHED,
        /** The middle has; more audit answers would prove it. */
        LIKELY_REACHED,
        /** The money left ends before the target. */
        OUT_OF_BUDGET,
        /** There are fewer texts left than labels needed. */
        OUT_OF_TEXTS,
        /** The next labels add almost nothing. */
        LITTLE_LEFT,
        GO_ON
    }

    /** Further labels until the target; empty without a target or a forecast. */
    public Optional<Estimate> more() {
        return outlook.flatMap(Outlook::toTarget).map(all -> new Estimate(all.low() - labels, all.middle() - labels, all.high() - labels));
    }
}
