package org.laudable.anomaly;

import java.util.ArrayList;
import java.util.List;
import org.laudable.llm.WindowToJudge;

/**
 * A window that stands out, in points of the series: where a language model's judgement can matter (ENGINES §2.3).
 * Everything else is clearly normal, and nobody is asked.
 *
 * @param point where the window ends
 * @param from  the stretch around it that stands out
 * @param to    end, exclusive
 */
record Standout(int point, int from, int to) {
    static final int WINDOW = 25;
    private static final int MOST = 200;
    private static final int REACH = WINDOW / 2;
    private static final int GAP = 3;
    /** Robust deviations from which a point is not clearly normal. */
    private static final double DEVIATES = 2.5;
    /** So probable an anomaly is not clearly normal either, whatever the statistics say. */
    private static final double PROBABLE = .1;

    /** The windows of a series that stand out most, none within a window of another; known causes hide nothing here. */
    static List<Standout> of(SeriesSession session) {
        double[] p = session.probability();
        double[] statistics = session.heard().statistics();
        int n = p.length;
        double[] weight = new double[n];
        List<Integer> order = new ArrayList<>();
        for (int t = 0; t < n; t++) {
            if (statistics[t] >= DEVIATES || p[t] >= PROBABLE) {
                weight[t] = Math.max(1 / (1 + Math.exp(-1.5 * (statistics[t] - 4))), p[t]);
                order.add(t);
            }
        }
        order.sort((a, b) -> Double.compare(weight[b], weight[a]));
        List<Standout> chosen = new ArrayList<>();
        boolean[] covered = new boolean[n];
        for (int t : order) {
            if (chosen.size() == MOST) {
                break;
            }
            if (!covered[t]) {
                chosen.add(new Standout(session.first() + t, session.first() + edge(weight, t, -1), session.first() + edge(weight, t, 1) + 1));
                java.util.Arrays.fill(covered, Math.max(0, t - WINDOW), Math.min(n, t + WINDOW + 1), true);
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

    /** The first point of the window. */
    int begin() {
        return Math.max(0, point - WINDOW + 1);
    }

    /** What a model sees of it. */
    WindowToJudge shown(UsualLevels levels, List<String> causes, List<String> examples) {
        return levels.window(begin(), point + 1, causes, examples);
    }
}
