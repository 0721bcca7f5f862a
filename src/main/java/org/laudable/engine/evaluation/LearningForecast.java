package org.laudable.engine.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What further labels will buy, from the rounds so far, with its doubt: a power law of the error, e(n) = e(now) ·
 * ((n + 10) / (now + 10))^−slope, weighed over a grid of levels and slopes.
 *
 * <p>Three kinds of doubt are kept apart. The level: the audit sample is small and the same in all rounds, so the rounds'
 * errors move together; their covariance is taken from the audit answers themselves. The slope: the rounds say little of
 * it, so it leans on what learning curves of text heads usually do (.45 ± .15). The law: real curves bend, so the future
 * slope strays from the past one (± .12). Chosen on dev parts; measured in docs/benchmarks.md.
 */
public final class LearningForecast {
    /** The share of forecasts whose band should hold the truth. */
    public static final double CONFIDENCE = 0.8;
    /** Fewer audit answers say too little of the level. */
    public static final int AUDIT_NEEDED = 50;
    /** Rounds the law is fitted to, at least. */
    public static final int ROUNDS_NEEDED = 4;
    /** Labels before which curves follow no law. */
    public static final int FIRST_LABELS = 50;

    private static final double SHIFT = 10;
    private static final double USUAL_SLOPE = 0.45;
    private static final double SLOPE_SPREAD = 0.15;
    private static final double BEND = 0.12;
    /** A round's model strays from its law by so much. */
    private static final double WOBBLE = 0.006;
    private static final int MOST_ROUNDS = 12;
    private static final int LEVELS = 41;
    private static final int SLOPES = 40;
    private static final double STEEPEST = 1.6;
    /** A normal distribution in nine equal parts: their middles. */
    private static final double[] NORMAL = normalParts(9);

    private final double now;
    private final double[] error;
    private final double[] slope;
    private final double[] weight;
    private final double[] cumulative;

    /**
     * A round's model.
     *
     * @param labels training labels it saw
     * @param right  per audit answer, the same ones in the same order in every round, whether it had it right
     */
    public record Round(int labels, boolean[] right) {

        double share() {
            int count = 0;
            for (boolean one : right) {
                count += one ? 1 : 0;
            }
            return (count + 0.5) / (right.length + 1); // never 0 or 1: the next answer may show otherwise
        }
    }

    /** A figure with its band; a number of labels may be infinite. */
    public record Estimate(double low, double middle, double high) {}

    /** One of the curves held possible: an error of {@code error} now, falling with {@code slope}. */
    record Possible(double error, double slope) {

        /** With {@code labels} where there are {@code now}. */
        double errorAt(double labels, double now) {
            return Math.min(1, error * Math.pow((labels + SHIFT) / (now + SHIFT), -slope));
        }
    }

    private LearningForecast(double now, double[] error, double[] slope, double[] weight) {
        this.now = now;
        this.error = error;
        this.slope = slope;
        this.weight = weight;
        this.cumulative = weight.clone();
        Arrays.parallelPrefix(cumulative, Double::sum);
    }

    /** A forecast from the rounds so far, in order; empty while they are too few, or measured by too few audit answers. */
    public static Optional<LearningForecast> of(List<Round> rounds) {
        List<Round> used = used(rounds);
        return used.size() < ROUNDS_NEEDED || used.getLast().right().length < AUDIT_NEEDED ? Optional.empty() : Optional.of(fit(used));
    }

    /** The last stretch of the curve, thinned: from a quarter of today's labels on. */
    static List<Round> used(List<Round> rounds) {
        int last = rounds.isEmpty() ? 0 : rounds.getLast().labels();
        List<Round> late = new ArrayList<>();
        for (Round round : rounds) {
            boolean fresh = late.isEmpty() || round.labels() > late.getLast().labels();
            if (round.labels() >= FIRST_LABELS && round.labels() * 4 >= last && fresh) {
                late.add(round);
            }
        }
        if (late.size() <= MOST_ROUNDS) {
            return late;
        }
        List<Round> some = new ArrayList<>();
        for (int i = 0; i < MOST_ROUNDS; i++) {
            some.add(late.get(Math.round(i * (late.size() - 1f) / (MOST_ROUNDS - 1))));
        }
        return some;
    }

    private static LearningForecast fit(List<Round> rounds) {
        int n = rounds.size();
        double now = rounds.getLast().labels();
        double[] share = rounds.stream().mapToDouble(Round::share).toArray();
        double[] log = rounds.stream().mapToDouble(r -> Math.log((r.labels() + SHIFT) / (now + SHIFT))).toArray();
        double[][] factor = cholesky(covariance(rounds, share));
        double spread = Math.sqrt(Arrays.stream(factor[n - 1]).map(x -> x * x).sum());
        double[] logWeight = new double[LEVELS * SLOPES];
        double[] errors = new double[LEVELS * SLOPES];
        double[] slopes = new double[LEVELS * SLOPES];
        double best = Double.NEGATIVE_INFINITY;
        double[] gap = new double[n];
        for (int k = 0; k < logWeight.length; k++) {
            double level = share[n - 1] + spread * (-4 + 8.0 * (k / SLOPES) / (LEVELS - 1));
            double past = STEEPEST * (k % SLOPES + 0.5) / SLOPES;
            errors[k] = 1 - Math.clamp(level, 0.001, 0.9995);
            slopes[k] = past;
            for (int i = 0; i < n; i++) {
                gap[i] = share[i] - (1 - errors[k] * Math.exp(-past * log[i]));
            }
            logWeight[k] = -0.5 * (distance(factor, gap) + Math.pow((past - USUAL_SLOPE) / SLOPE_SPREAD, 2));
            best = Math.max(best, logWeight[k]);
        }
        return spreadOut(now, errors, slopes, logWeight, best);
    }

    /** Adds the bend of the law to each slope. */
    private static LearningForecast spreadOut(double now, double[] errors, double[] slopes, double[] logWeight, double best) {
        int parts = NORMAL.length;
        double[] error = new double[errors.length * parts];
        double[] slope = new double[error.length];
        double[] weight = new double[error.length];
        double sum = 0;
        for (int k = 0; k < error.length; k++) {
            error[k] = errors[k / parts];
            slope[k] = slopes[k / parts] + BEND * NORMAL[k % parts];
            weight[k] = Math.exp(logWeight[k / parts] - best);
            sum += weight[k];
        }
        for (int k = 0; k < weight.length; k++) {
            weight[k] /= sum;
        }
        return new LearningForecast(now, error, slope, weight);
    }

    /** Labels of the newest round. */
    public double now() {
        return now;
    }

    /** Accuracy with that many labels, at least those of now. */
    public Estimate accuracy(double labels) {
        return estimate(k -> 1 - errorAt(k, labels));
    }

    /** What {@code more} labels add to today's accuracy; may be below 0. */
    public Estimate gain(double more) {
        return estimate(k -> error[k] - errorAt(k, now + more));
    }

    /** Labels in all until the accuracy is reached: today's at the least, infinite where the curve never gets there. */
    public Estimate labelsFor(double accuracy) {
        double goal = 1 - accuracy;
        return estimate(k -> error[k] <= goal ? now
                : slope[k] <= 0 || goal <= 0 ? Double.POSITIVE_INFINITY : (now + SHIFT) * Math.pow(error[k] / goal, 1 / slope[k]) - SHIFT);
    }

    /** One of the curves, each as often as it is likely. */
    Possible draw(RandomGenerator random) {
        int at = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[cumulative.length - 1]);
        int k = Math.min(weight.length - 1, at < 0 ? -at - 1 : at);
        return new Possible(error[k], slope[k]);
    }

    private double errorAt(int k, double labels) {
        return Math.min(1, error[k] * Math.pow((Math.max(labels, now) + SHIFT) / (now + SHIFT), -slope[k]));
    }

    private Estimate estimate(java.util.function.IntToDoubleFunction figure) {
        double[] values = new double[weight.length];
        Arrays.setAll(values, figure);
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
        double tail = (1 - CONFIDENCE) / 2;
        return new Estimate(quantile(values, order, tail), quantile(values, order, 0.5), quantile(values, order, 1 - tail));
    }

    private double quantile(double[] values, Integer[] order, double share) {
        double sum = 0;
        for (int k : order) {
            sum += weight[k];
            if (sum >= share) {
                return values[k];
            }
        }
        return values[order[order.length - 1]];
    }

    /** Of the rounds' measured shares: they rest on the same audit answers. */
    private static double[][] covariance(List<Round> rounds, double[] share) {
        int n = rounds.size();
        int items = rounds.getLast().right().length;
        double[][] covariance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int a = 0; a < items; a++) {
                    sum += ((rounds.get(i).right()[a] ? 1 : 0) - share[i]) * ((rounds.get(j).right()[a] ? 1 : 0) - share[j]);
                }
                covariance[i][j] = sum / ((double) items * items) + (i == j ? WOBBLE * WOBBLE : 0);
            }
        }
        return covariance;
    }

    /** The lower factor of a positive definite matrix, of which only the lower half is read. */
    private static double[][] cholesky(double[][] matrix) {
        int n = matrix.length;
        double[][] factor = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / factor[j][j];
            }
        }
        return factor;
    }

    /** Squared length of the gap, measured by the covariance. */
    private static double distance(double[][] factor, double[] gap) {
        double sum = 0;
        double[] solved = new double[gap.length];
        for (int i = 0; i < gap.length; i++) {
            double value = gap[i];
            for (int j = 0; j < i; j++) {
                value -= factor[i][j] * solved[j];
            }
            solved[i] = value / factor[i][i];
            sum += solved[i] * solved[i];
        }
        return sum;
    }

    private static double[] normalParts(int parts) {
        double[] middles = new double[parts];
        Arrays.setAll(middles, i -> Binomial.normalQuantile((i + 0.5) / parts));
        return middles;
    }
}
