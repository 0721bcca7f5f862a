package org.laudable.loop;

import org.laudable.engine.evaluation.Interval;

/** A measured share with its 95 % interval, all in [0, 1]. */
public record Figure(double value, double low, double high) {

    public static Figure of(double value, Interval interval) {
        return new Figure(value, interval.low(), interval.high());
    }
}
