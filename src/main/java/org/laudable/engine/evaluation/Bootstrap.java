package org.laudable.engine.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Percentile bootstrap intervals (Efron, 1979). */
public final class Bootstrap {

    /** A figure of the items at the given positions, which repeat. */
    @FunctionalInterface
    public interface Statistic {
        double of(int[] positions);
    }

    private Bootstrap() {
    }

    /**
     * The interval of a figure over n items.
     *
     * @param resamples 1,000 is usual
     * @param confidence such as .95
     */
    public static Interval interval(int n, Statistic statistic, int resamples, double confidence, long seed) {
        if (n < 1 || resamples < 1) {
            throw new IllegalArgumentException("A bootstrap needs at least one item and one resample");
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[resamples];
        int[] positions = new int[n];
        for (int r = 0; r < resamples; r++) {
            for (int i = 0; i < n; i++) {
                positions[i] = random.nextInt(n);
            }
            values[r] = statistic.of(positions);
        }
        Arrays.sort(values);
        double tail = (1 - confidence) / 2;
        return new Interval(values[(int) Math.floor(tail * (resamples - 1))], values[(int) Math.ceil((1 - tail) * (resamples - 1))]);
    }

    /** The interval of macro-F1. */
    public static Interval macroF1(int[] truth, int[] predicted, int classes, int resamples, double confidence, long seed) {
        return interval(truth.length, positions -> {
            int[][] confusion = new int[classes][classes];
            for (int i : positions) {
                confusion[truth[i]][predicted[i]]++;
            }
            return new Classification(confusion).macroF1();
        }, resamples, confidence, seed);
    }
}
