package org.laudable.anomaly;

import java.util.Arrays;
import java.util.List;
import org.laudable.engine.series.OperatingPoint;
import org.laudable.engine.series.SeriesLearner;
import org.laudable.engine.series.SeriesModel;
import org.laudable.engine.series.SignalModel;
import org.laudable.engine.series.Signals;
import org.laudable.engine.series.Standout;
import org.laudable.series.SeriesInfo;

/**
 * A fitted series in memory. The engine counts points from the first judged one; {@link #first()} is its number in the
 * series.
 *
 * @param millis    epoch milliseconds of each point of the series
 * @param explained what its signals take for harmless
 * @param judged    what a language model has said of windows; it is in the potential
 * @param heard     what the statistical potential says
 * @param model     the newest model
 * @param scores    what that model says of each judged point
 * @param anchor    the score from which it flags at the usual costs; 0 before there are answers
 */
record SeriesSession(SeriesInfo info, long[] millis, ExplainedStretches explained, JudgedStretches judged, JudgedStretches.Heard heard,
        SignalModel fitted, Signals signals, SeriesLearner learner, SeriesModel model, SeriesModel.Scores scores, double anchor) {

    private static final int MOST_STANDING_OUT = 200;

    /** What a known, harmless cause leaves of a probability: nothing that usual costs would flag. */
    private static final double EXPLAINED = .15;

    SeriesSession with(SeriesModel next, SeriesModel.Scores said, double where) {
        return new SeriesSession(info, millis, explained, judged, heard, fitted, signals, learner, next, said, where);
    }

    /** The same series once a language model has said more, or other things. */
    SeriesSession judgedBy(JudgedStretches now) {
        Signals changed = signals.withPotential(now.over(heard.severity(), first()));
        return new SeriesSession(info, millis, explained, now, heard, fitted, changed, learner.with(changed), model, model.scores(changed), anchor);
    }

    /** What stands out most, in points of the series. */
    List<Standout> standouts() {
        return Standout.of(heard.statistics(), probability(), MOST_STANDING_OUT).stream().map(one -> one.shifted(first())).toList();
    }

    int first() {
        return info.history();
    }

    int length() {
        return signals.length();
    }

    boolean[] usable() {
        boolean[] all = new boolean[length()];
        Arrays.fill(all, true);
        return all;
    }

    /** How probable an anomaly is at each judged point, on the scale that costs are weighed on: {@link OperatingPoint#atUsualCosts}. */
    double[] probability() {
        double[] p = scores.score().clone();
        boolean[] explained = signals.explained();
        for (int t = 0; t < p.length; t++) {
            p[t] = OperatingPoint.atUsualCosts(p[t], model.learned() ? anchor : 0);
        }
        judged.move(p, first());
        for (int t = 0; t < p.length; t++) {
            p[t] *= explained[t] ? EXPLAINED : 1;
        }
        return p;
    }

    /** Roughly what it holds in memory. */
    long bytes() {
        long floats = signals.featureNames().size() + 3L * info.channels().size() + 30;
        return length() * (4 * floats + 216) + 8L * millis.length;
    }
}
