package org.laudable.engine.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A window that stands out: where a language model's judgement can matter (ENGINES §2.3). Everything else is clearly
 * normal, and nobody is asked. Points are counted from wherever the statistics began.
 *
 * @param point where the window ends
 * @param from  the stretch around it that stands out
 * @param to    end, exclusive
 */
public record Standout(int point, int from, int to) {
    /** Points of a window. */
    public static final int WINDOW = 25;
    private static final int REACH = WINDOW / 2;
    private static final int GAP = 3;
    /** Robust deviations from which a point is not clearly normal. */
    private static final double DEVIATES = 2.5;
    /** So probable an anomaly is not clearly normal either, whatever the statistics say. */
    private static final double PROBABLE = .1;

    /**
     * The windows that stand out most, none within a window of another.
     *
     * @param statistics  per point in robust deviations, as a {@link Potential} gets them; known causes hide nothing here
     * @param probability of an anomaly per point, by whatever is known
     * @param most        so many at most
     */
    public static List<Standout> of(double[] statistics, double[] probability, int most) {
        int n = statistics.length;
        double[] weight = new double[n];
        List<Integer> order = new ArrayList<>();
        for (int t = 0; t < n; t++) {
            if (statistics[t] >= DEVIATES || probability[t] >= PROBABLE) {
                weight[t] = Math.max(1 / (1 + Math.exp(-1.5 * (statistics[t] - 4))), probability[t]);
                order.add(t);
            }
        }
        order.sort((a, b) -> Double.compare(weight[b], weight[a]));
        List<Standout> chosen = new ArrayList<>();
        boolean[] covered = new boolean[n];
        for (int t : order) {
            if (chosen.size() == most) {
                break;
            }
            if (!covered[t]) {
                chosen.add(new Standout(t, edge(weight, t, -1), edge(weight, t, 1) + 1));
                Arrays.fill(covered, Math.max(0, t - WINDOW), Math.min(n, t + WINDOW + 1), true);
            }
        }
        return chosen;
    }

    private static int edge(double[] weight, int peak, int step) {
        int edge = peak;
        for (int t = peak + step; t >= 0 && t < weight.length && Math.abs(t - peak) <= REACH && Math.abs(t - edge) <= GAP; t += step) {
            if (weight[t] > 0) {
                edge = t;
            }
        }
        return edge;
    }

    /** The same, counted from elsewhere. */
    public Standout shifted(int by) {
        return new Standout(point + by, from + by, to + by);
    }

    /** The first point of the window. */
    public int begin() {
        return Math.max(0, point - WINDOW + 1);
    }
}
