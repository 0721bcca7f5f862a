package org.laudable.engine.evaluation;

/** A range that holds the true value with the confidence it was made for; low ≤ high. */
public record Interval(double low, double high) {

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("An interval from %s to %s is none".formatted(low, high));
        }
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    public double width() {
        return high - low;
    }
}
