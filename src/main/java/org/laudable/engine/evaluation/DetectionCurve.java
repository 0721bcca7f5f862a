package org.laudable.engine.evaluation;

import java.util.Arrays;

/**
 * What a score of points can reach at any threshold, point by point (no adjustment): average precision and the best F1.
 * Points with equal scores are one step of the curve, so their order means nothing.
 *
 * @param averagePrecision Σ (recall step) · precision, in [0, 1]
 * @param bestF1           the largest F1 over all thresholds: an oracle's, not one that a person could have chosen
 * @param bestThreshold    the threshold of {@code bestF1}; points with at least this score are flagged
 */
public record DetectionCurve(double averagePrecision, double bestF1, double bestThreshold) {

    /** The curve of the points that are marked; at least one of them must be anomalous. */
    public static DetectionCurve of(boolean[] truth, double[] score, boolean[] counted) {
        int n = 0;
        int positive = 0;
        for (int i = 0; i < truth.length; i++) {
            if (counted[i]) {
                n++;
                positive += truth[i] ? 1 : 0;
            }
        }
        if (positive == 0) {
            throw new IllegalArgumentException("A detection curve needs at least one anomalous point");
        }
        double[] positives = new double[positive];
        double[] all = new double[n];
        for (int i = 0, p = 0, a = 0; i < truth.length; i++) {
            if (counted[i]) {
                all[a++] = -score[i];
                if (truth[i]) {
                    positives[p++] = -score[i];
                }
            }
        }
        Arrays.sort(all);
        Arrays.sort(positives);
        double precisionSum = 0;
        double best = 0;
        double threshold = Double.POSITIVE_INFINITY;
        int hits = 0;
        for (int i = 0; i < n;) {
            int end = i + 1;
            while (end < n && all[end] == all[i]) {
                end++;
            }
            int before = hits;
            while (hits < positive && positives[hits] <= all[i]) {
                hits++;
            }
            precisionSum += (double) (hits - before) / positive * hits / end;
            double f1 = 2.0 * hits / (end + positive);
            if (f1 > best) {
                best = f1;
                threshold = -all[i];
            }
            i = end;
        }
        return new DetectionCurve(precisionSum, best, threshold);
    }
}
