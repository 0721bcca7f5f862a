package org.laudable.engine.series.replay;

import java.util.ArrayList;
import java.util.List;
import org.laudable.engine.evaluation.DetectionCurve;
import org.laudable.engine.evaluation.PointDetection;
import org.laudable.engine.evaluation.VolumeUnderSurface;

/**
 * How well a score and its decision found the truth; NaN where the scored part holds no anomaly (all but the false
 * alarms) or nothing was decided.
 */
public record Figures(double precision, double recall, double f1, double bestF1, double ap, double vusPr, double eventRecall,
        double falseAlarmsPerDay) {

    private static final int FIELDS = 8;

    /** The names in reports, in the order of {@link #values}. */
    public static final List<String> NAMES = List.of("precision", "recall", "f1", "bestF1", "ap", "vusPr", "eventRecall",
            "falseAlarmsPerDay");

    double[] values() {
        return new double[] {precision, recall, f1, bestF1, ap, vusPr, eventRecall, falseAlarmsPerDay};
    }

    static Figures of(double[] v) {
        return new Figures(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
    }

    /**
     * @param counted the points that are scored
     * @param step    seconds between points
     * @param length  L of VUS-PR
     */
    static Figures of(boolean[] truth, double[] score, boolean[] flagged, boolean[] counted, long step, int length) {
        PointDetection d = PointDetection.of(truth, flagged, counted);
        List<Integer> points = new ArrayList<>();
        for (int t = 0; t < truth.length; t++) {
            if (counted[t]) {
                points.add(t);
            }
        }
        double days = points.size() * (double) step / 86_400;
        double alarms = d.falseAlarms() / days;
        if (d.truePositives() + d.falseNegatives() == 0) {
            double none = Double.NaN;
            return new Figures(none, none, none, none, none, none, none, alarms);
        }
        boolean[] truthThere = new boolean[points.size()];
        double[] scoreThere = new double[points.size()];
        for (int i = 0; i < truthThere.length; i++) {
            truthThere[i] = truth[points.get(i)];
            scoreThere[i] = score[points.get(i)];
        }
        DetectionCurve curve = DetectionCurve.of(truth, score, counted);
        return new Figures(d.precision(), d.recall(), d.f1(), curve.bestF1(), curve.averagePrecision(),
                VolumeUnderSurface.precisionRecall(truthThere, scoreThere, length), d.eventRecall(), alarms);
    }

    /** The mean of each figure over those that have it. */
    static Figures mean(List<Figures> all) {
        double[] mean = new double[FIELDS];
        for (int k = 0; k < FIELDS; k++) {
            double sum = 0;
            int n = 0;
            for (Figures f : all) {
                double v = f.values()[k];
                if (!Double.isNaN(v)) {
                    sum += v;
                    n++;
                }
            }
            mean[k] = n == 0 ? Double.NaN : sum / n;
        }
        return of(mean);
    }
}
