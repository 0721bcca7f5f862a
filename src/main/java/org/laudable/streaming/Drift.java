package org.laudable.streaming;

import java.util.Arrays;

/**
 * Whether live scores are distributed as those of the series a detector learned from: the population stability index over
 * ten shares, Σ (p − q)·ln(p / q). It says how far apart two distributions are, not how certain it is that they are apart:
 * of thousands of points, each much like the one before, a test of significance would call every one drifted.
 *
 * @param edges  between the shares, ascending; scores that repeat leave fewer than nine
 * @param shares of the scores learned from, one more than edges
 */
record Drift(double[] edges, double[] shares) {
    /** From here on, by the usual reading of the index, another population is scored. */
    static final double SHIFTED = .25;
    private static final int SHARES = 10;
    /** Counted into each share, so that an empty one does not make the index infinite. */
    private static final double LEAST = .5;

    static Drift of(double[] scores) {
        if (scores.length == 0) {
            return new Drift(new double[0], new double[] {1});
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double[] edges = new double[SHARES - 1];
        int n = 0;
        for (int i = 1; i < SHARES; i++) {
            double edge = sorted[i * sorted.length / SHARES];
            if (edge > sorted[0] && (n == 0 || edge > edges[n - 1])) {
                edges[n++] = edge;
            }
        }
        Drift drift = new Drift(Arrays.copyOf(edges, n), new double[n + 1]);
        for (double score : scores) {
            drift.shares[drift.share(score)] += 1.0 / scores.length;
        }
        return drift;
    }

    /** Which share a score falls into. */
    int share(double score) {
        int share = 0;
        while (share < edges.length && score >= edges[share]) {
            share++;
        }
        return share;
    }

    /** @param counts of live scores in each share */
    double index(int[] counts) {
        double all = Arrays.stream(counts).sum() + LEAST * counts.length;
        double index = 0;
        for (int i = 0; i < counts.length; i++) {
            double p = (counts[i] + LEAST) / all;
            double q = Math.max(shares[i], LEAST / all);
            index += (p - q) * Math.log(p / q);
        }
        return index;
    }
}
