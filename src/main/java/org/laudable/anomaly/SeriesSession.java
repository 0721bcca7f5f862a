package org.laudable.anomaly;

import java.util.Arrays;
import org.laudable.engine.series.SeriesLearner;
import org.laudable.engine.series.SeriesModel;
import org.laudable.engine.series.SignalModel;
import org.laudable.engine.series.Signals;
import org.laudable.series.SeriesInfo;

/**
 * A fitted series in memory. The engine counts points from the first judged one; {@link #first()} is its number in the
 * series.
 *
 * @param millis    epoch milliseconds of each point of the series
 * @param explained what its signals take for harmless
 * @param model     the newest model
 * @param scores    what that model says of each judged point
 */
record SeriesSession(SeriesInfo info, long[] millis, ExplainedStretches explained, SignalModel fitted, Signals signals,
        SeriesLearner learner, SeriesModel model, SeriesModel.Scores scores) {

    /** Without answers the usual costs flag about the most suspicious 2 % of a series. */
    private static final double EARLY_SHIFT = Math.log(.2) - .4;

    /** What a known, harmless cause leaves of a probability: nothing that usual costs would flag. */
    private static final double EXPLAINED = .15;

    SeriesSession with(SeriesModel next, SeriesModel.Scores said) {
        return new SeriesSession(info, millis, explained, fitted, signals, learner, next, said);
    }

    int first() {
        return info.history();
    }

    int judged() {
        return signals.length();
    }

    boolean[] usable() {
        boolean[] all = new boolean[judged()];
        Arrays.fill(all, true);
        return all;
    }

    /**
     * How probable an anomaly is at each judged point. Before there are answers nothing calibrates the score: it is moved
     * so that the usual costs (a miss is worth five false alarms) flag the most suspicious ones.
     */
    double[] probability() {
        double[] p = (model.learned() ? scores.probability() : scores.score()).clone();
        boolean[] explained = signals.explained();
        for (int t = 0; t < p.length; t++) {
            if (!model.learned()) {
                double q = Math.clamp(p[t], 1e-9, 1 - 1e-9);
                p[t] = 1 / (1 + Math.exp(-Math.log(q / (1 - q)) - EARLY_SHIFT));
            }
            if (explained[t]) {
                p[t] *= EXPLAINED;
            }
        }
        return p;
    }

    /** Roughly what it holds in memory. */
    long bytes() {
        long floats = signals.featureNames().size() + 3L * info.channels().size() + 30;
        return judged() * (4 * floats + 200) + 8L * millis.length;
    }
}
