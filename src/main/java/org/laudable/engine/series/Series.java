package org.laudable.engine.series;

import java.util.List;

/**
 * One time series as the engine sees it.
 *
 * @param channels names of the D channels
 * @param seconds  T timestamps, seconds since the epoch, not falling
 * @param values   [channel][t]; NaN is a gap
 * @param history  the first points, known but neither asked about nor scored (a training file); 0 where there is none
 */
public record Series(String name, List<String> channels, long[] seconds, double[][] values, int history) {

    public Series {
        channels = List.copyOf(channels);
        if (channels.isEmpty() || channels.size() != values.length) {
            throw new IllegalArgumentException("Series %s has %d channels but values of %d".formatted(name, channels.size(), values.length));
        }
        for (double[] channel : values) {
            if (channel.length != seconds.length) {
                throw new IllegalArgumentException("Series %s has %d timestamps but a channel of %d values"
                        .formatted(name, seconds.length, channel.length));
            }
        }
        if (history < 0 || history >= seconds.length) {
            throw new IllegalArgumentException("Series %s has %d points, %d of them history: nothing is left"
                    .formatted(name, seconds.length, history));
        }
    }

    /** Number of points, history included. */
    public int length() {
        return seconds.length;
    }

    /** The usual distance of two points, in seconds: the median of all distances, at least 1. */
    public long step() {
        if (seconds.length < 2) {
            return 1;
        }
        long[] d = new long[seconds.length - 1];
        for (int i = 0; i < d.length; i++) {
            d[i] = seconds[i + 1] - seconds[i];
        }
        java.util.Arrays.sort(d);
        return Math.max(1, d[d.length / 2]);
    }
}
