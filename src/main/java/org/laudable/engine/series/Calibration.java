package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Turns a score into a probability by what people answered (Platt, 1999): σ(slope · logit(score) + shift). A belief of
 * slope 1 and shift 0 keeps it from leaping at few answers; the order of points never changes.
 */
record Calibration(double slope, double shift) {

    /** Variances of the belief about slope and shift. */
    private static final double SLOPE_VARIANCE = .1;
    private static final double SHIFT_VARIANCE = 1;
    private static final double LEAST_SLOPE = .2;
    private static final double EXTREME = 6;

    /** The score as it is. */
    static Calibration none() {
        return new Calibration(1, 0);
    }

    /**
     * Fits on answers; each counts once, shared by the points it speaks for.
     *
     * @param score a score in [0, 1] for each judged point, at best from a model that had not seen the answer
     */
    static Calibration of(double[] score, Answers answers) {
        double a = 1;
        double b = 0;
        for (int step = 0; step < 30; step++) {
            double ga = (a - 1) / SLOPE_VARIANCE;
            double gb = b / SHIFT_VARIANCE;
            double haa = 1 / SLOPE_VARIANCE;
            double hab = 0;
            double hbb = 1 / SHIFT_VARIANCE;
            for (int k = 0; k < answers.size(); k++) {
                int[] covered = answers.covered(k);
                double truth = answers.list().get(k).anomalous() ? 1 : 0;
                for (int t : covered) {
                    double x = logit(score[t]);
                    double p = 1 / (1 + Math.exp(-a * x - b));
                    double weight = 1.0 / covered.length;
                    ga += weight * (p - truth) * x;
                    gb += weight * (p - truth);
                    haa += weight * p * (1 - p) * x * x;
                    hab += weight * p * (1 - p) * x;
                    hbb += weight * p * (1 - p);
                }
            }
            double determinant = haa * hbb - hab * hab;
            double da = (hbb * ga - hab * gb) / determinant;
            double db = (haa * gb - hab * ga) / determinant;
            a = Math.max(LEAST_SLOPE, a - da);
            b -= db;
            if (Math.abs(da) + Math.abs(db) < 1e-9) {
                break;
            }
        }
        return new Calibration(a, b);
    }

    double probability(double score) {
        return 1 / (1 + Math.exp(-slope * logit(score) - shift));
    }

    private static double logit(double p) {
        double q = Math.clamp(p, 1e-9, 1 - 1e-9);
        return Math.clamp(Math.log(q / (1 - q)), -EXTREME, EXTREME);
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(slope);
        out.writeDouble(shift);
    }

    static Calibration read(DataInput in) throws IOException {
        return new Calibration(in.readDouble(), in.readDouble());
    }
}
