package org.laudable.engine.evaluation;

import java.util.List;

/**
 * A power law through measured quality, accuracy(n) = limit − drop · (n + 10)^−rate: what further labels will buy.
 * Fitted by weighted least squares on a grid of rates, the rest in closed form; 0 ≤ limit ≤ 1, drop ≥ 0.
 */
public record LearningCurve(double limit, double drop, double rate) {

    /** Shifts the law so that it is finite at no labels. */
    private static final double SHIFT = 10;

    /**
     * One measurement.
     *
     * @param labels  labels paid for
     * @param quality such as accuracy, in [0, 1]
     * @param weight  such as the number of audit answers behind it
     */
    public record Point(double labels, double quality, double weight) {
    }

    /** Fits at least three points with different numbers of labels. */
    public static LearningCurve fit(List<Point> points) {
        if (points.stream().mapToDouble(Point::labels).distinct().count() < 3) {
            throw new IllegalArgumentException("A learning curve needs three different numbers of labels");
        }
        LearningCurve best = null;
        double bestError = Double.POSITIVE_INFINITY;
        for (double rate = 0.05; rate <= 2.0001; rate += 0.05) {
            LearningCurve curve = atRate(points, rate);
            double error = points.stream().mapToDouble(p -> p.weight() * Math.pow(p.quality() - curve.at(p.labels()), 2)).sum();
            if (error < bestError - 1e-12) {
                best = curve;
                bestError = error;
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("A learning curve needs finite measurements");
        }
        return best;
    }

    /** Expected quality with that many labels. */
    public double at(double labels) {
        return limit - drop * Math.pow(labels + SHIFT, -rate);
    }

    /** What {@code more} labels after {@code labels} are expected to add; never negative. */
    public double gain(double labels, double more) {
        return at(labels + more) - at(labels);
    }

    private static LearningCurve atRate(List<Point> points, double rate) {
        double w = 0;
        double meanX = 0;
        double meanY = 0;
        for (Point p : points) {
            w += p.weight();
            meanX += p.weight() * Math.pow(p.labels() + SHIFT, -rate);
            meanY += p.weight() * p.quality();
        }
        meanX /= w;
        meanY /= w;
        double xy = 0;
        double xx = 0;
        for (Point p : points) {
            double x = Math.pow(p.labels() + SHIFT, -rate) - meanX;
            xy += p.weight() * x * (p.quality() - meanY);
            xx += p.weight() * x * x;
        }
        double drop = Math.max(0, -xy / xx);
        double limit = meanY + drop * meanX;
        if (limit > 1) {
            limit = 1;
            double num = 0;
            double den = 0;
            for (Point p : points) {
                double x = Math.pow(p.labels() + SHIFT, -rate);
                num += p.weight() * x * (1 - p.quality());
                den += p.weight() * x * x;
            }
            drop = num / den;
        }
        return new LearningCurve(limit, drop, rate);
    }
}
