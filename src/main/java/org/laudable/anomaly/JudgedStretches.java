package org.laudable.anomaly;

import java.util.List;
import org.laudable.engine.series.Explained;
import org.laudable.engine.series.JudgeTrust;
import org.laudable.engine.series.Potential;
import org.laudable.engine.series.Series;

/**
 * What a language model has said of a series' windows, laid over the statistical potential and into the score.
 *
 * @param trust as far as people's answers in the project have borne it out
 */
record JudgedStretches(List<Stretch> stretches, JudgeTrust trust) {

    /**
     * Points of the series; the end is the point after the last.
     *
     * @param answered whether people have answered there: then theirs counts
     */
    record Stretch(int from, int to, float severity, boolean answered) {}

    /**
     * What the engine tells a potential about the judged points.
     *
     * @param statistics in robust deviations
     * @param severity   the statistical one
     */
    record Heard(double[] statistics, double[] severity) {}

    /** The statistical potential, with what it heard kept. */
    static final class Listening implements Potential {
        private Heard heard;

        @Override
        public double[] severity(Series series, double[] statistics, List<Explained> explained) {
            double[] severity = Potential.statistical().severity(series, statistics, explained);
            heard = new Heard(statistics.clone(), severity.clone());
            return severity;
        }

        Heard heard() {
            return heard;
        }
    }

    /** Moves probabilities of the judged points by its word, as far as it is trusted. */
    void move(double[] probability, int history) {
        for (Stretch one : stretches) {
            for (int t = Math.max(0, one.from() - history); t < Math.min(probability.length, one.to() - history) && !one.answered(); t++) {
                probability[t] = trust.moved(probability[t], one.severity());
            }
        }
    }

    /** φ of the judged points: the model's word where it gave one, else the statistical severity. */
    double[] over(double[] statistical, int history) {
        double[] severity = statistical.clone();
        for (Stretch one : stretches) {
            for (int t = Math.max(0, one.from() - history); t < Math.min(severity.length, one.to() - history); t++) {
                severity[t] = one.severity();
            }
        }
        return severity;
    }
}
