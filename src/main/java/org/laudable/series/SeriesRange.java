package org.laudable.series;

import java.util.List;

/**
 * A stretch of a series as a chart shows it: per bucket the smallest and largest value.
 *
 * @param stride points in a bucket; 1: raw values, smallest = largest
 * @param times  epoch milliseconds of each bucket's first point
 */
public record SeriesRange(int from, int to, int stride, double stepSeconds, long[] times, List<Extremes> channels) {

    /** One channel; NaN is a gap. */
    public record Extremes(Channel channel, double[] min, double[] max) {}
}
