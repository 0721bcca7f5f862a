package org.laudable.labeling;

import org.laudable.engine.evaluation.Binomial;
import org.laudable.engine.evaluation.Interval;

/**
 * How a person did on gold items; flags and passed-on items do not count, but in the test at the start.
 *
 * @param onboarded whether they have passed the first gold items, or there are none to pass
 */
public record GoldScore(long accountId, int right, int answers, boolean onboarded) {
    private static final double CONFIDENCE = 0.95;
    /** Fewer answers pause nobody. */
    private static final int EVIDENCE = 5;

    /** Wilson's interval for the share of right answers. */
    public Interval interval() {
        return Binomial.wilson(right, answers, CONFIDENCE);
    }

    /** @param questions gold questions answered, flagged or passed on: in the test at the start, those are not right */
    boolean passes(int percent, int questions) {
        return 100L * right >= (long) percent * questions;
    }

    /** Whether even the favourable end of the interval lies below the mark. */
    boolean surelyBelow(int percent) {
        return answers >= EVIDENCE && 100 * interval().high() < percent;
    }
}
