package org.laudable.engine.text;

import java.util.OptionalDouble;
import org.laudable.engine.evaluation.Binomial;

/**
 * What an audit sample of a size can prove, for the project set-up: '200 items show 90 % only from 94.5 % observed on'.
 *
 * @param items answers that the figure will rest on
 */
public record AuditSize(int items) {

    private static final double CONFIDENCE = 0.95;

    public AuditSize {
        if (items < 1) {
            throw new IllegalArgumentException("An audit sample needs at least one item");
        }
    }

    /**
     * The least accuracy that must be observed so that the 95 % interval's lower end reaches a target; empty if even
     * all right would not do.
     */
    public OptionalDouble observedNeeded(double target) {
        int fewest = Binomial.fewestSuccesses(items, target, CONFIDENCE);
        return fewest < 0 ? OptionalDouble.empty() : OptionalDouble.of((double) fewest / items);
    }

    /** Half the width of the 95 % interval at an accuracy, such as .04. */
    public double margin(double accuracy) {
        return Binomial.wilson((int) Math.round(accuracy * items), items, CONFIDENCE).width() / 2;
    }
}
