package org.laudable.engine.series;

import java.util.Arrays;

/** Statistics of windows that slide along a column of numbers; beyond its ends the column repeats its first or last value. */
final class Rolling {

    private static final int DIRECT = 128;

    private Rolling() {
    }

    /** The median of points t−before … t+after, for each t; of an even number, the mean of both middles. */
    static double[] median(double[] x, int before, int after) {
        int n = x.length;
        int w = before + after + 1;
        double[] sorted = new double[w];
        for (int k = 0; k < w; k++) {
            sorted[k] = at(x, k - before);
        }
        Arrays.sort(sorted);
        double[] out = new double[n];
        for (int t = 0; t < n; t++) {
            out[t] = w % 2 == 1 ? sorted[w / 2] : (sorted[w / 2 - 1] + sorted[w / 2]) / 2;
            replace(sorted, at(x, t - before), at(x, t + after + 1));
        }
        return out;
    }

    /** The mean of points t−before … t+after, fewer at the ends. */
    static double[] mean(double[] x, int before, int after) {
        int n = x.length;
        if (before + after < DIRECT) {
            return shortMean(x, before, after);
        }
        double[] sum = new double[n + 1];
        for (int t = 0; t < n; t++) {
            sum[t + 1] = sum[t] + x[t];
        }
        double[] out = new double[n];
        for (int t = 0; t < n; t++) {
            int from = Math.max(0, t - before);
            int to = Math.min(n, t + after + 1);
            out[t] = (sum[to] - sum[from]) / (to - from);
        }
        return out;
    }

    /**
     * Sums of short windows are taken anew for each point, from the oldest on: running sums over a long column lose what a
     * window of equal numbers needs to have no deviation, and {@link Trail} has no column.
     */
    private static double[] shortMean(double[] x, int before, int after) {
        double[] out = new double[x.length];
        for (int t = 0; t < x.length; t++) {
            int from = Math.max(0, t - before);
            int to = Math.min(x.length, t + after + 1);
            double sum = 0;
            for (int k = from; k < to; k++) {
                sum += x[k];
            }
            out[t] = sum / (to - from);
        }
        return out;
    }

    /** The standard deviation of points t−before … t+after, fewer at the ends. */
    static double[] deviation(double[] x, int before, int after) {
        double[] square = new double[x.length];
        for (int t = 0; t < x.length; t++) {
            square[t] = x[t] * x[t];
        }
        double[] mean = mean(x, before, after);
        double[] out = mean(square, before, after);
        for (int t = 0; t < x.length; t++) {
            out[t] = Math.sqrt(Math.max(0, out[t] - mean[t] * mean[t]));
        }
        return out;
    }

    /** The largest of points t−before … t+after. */
    static double[] max(double[] x, int before, int after) {
        double[] out = new double[x.length];
        for (int t = 0; t < x.length; t++) {
            double m = Double.NEGATIVE_INFINITY;
            for (int k = Math.max(0, t - before); k <= Math.min(x.length - 1, t + after); k++) {
                m = Math.max(m, x[k]);
            }
            out[t] = m;
        }
        return out;
    }

    private static double at(double[] x, int t) {
        return x[Math.clamp(t, 0, x.length - 1)];
    }

    private static void replace(double[] sorted, double old, double value) {
        int i = Arrays.binarySearch(sorted, old);
        if (i < 0) {
            throw new IllegalStateException("A value left the window that was never in it");
        }
        while (i + 1 < sorted.length && sorted[i + 1] < value) {
            sorted[i] = sorted[i + 1];
            i++;
        }
        while (i > 0 && sorted[i - 1] > value) {
            sorted[i] = sorted[i - 1];
            i--;
        }
        sorted[i] = value;
    }
}
