package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * The teacher of ENGINES §2.4: logistic regression and extremely randomised trees on the features of single points (of single channels none), from
 * the same answers as the agent, helped by points that are almost surely normal and, until five anomalies were found, by
 * those that are most suspicious.
 */
final class Teacher {

    private static final int POINTS_AN_ANSWER = 60;
    private static final double ANSWER_WEIGHT = 10;
    private static final int NORMALS = 300;
    private static final int EXPLAINED = 100;
    private static final double NORMAL_BELOW = .6;
    private static final double ANOMALY_ABOVE = .985;
    private static final int ENOUGH_POSITIVES = 5;
    private static final double C = .05;
    private static final int TREES = 60;
    private static final float LEAF = 2;
    private static final double LEAST = 1e-3;
    private static final double MOST = Math.log(1 / LEAST - 1);

    private final BinaryRegression regression;
    private final TreeEnsemble trees;

    private Teacher(BinaryRegression regression, TreeEnsemble trees) {
        this.regression = regression;
        this.trees = trees;
    }

    /** Weighted points to learn from. */
    record Lesson(int[] points, boolean[] anomalous, float[] weights) {
    }

    /** Learns from the answers; {@link #canLearn} must have said that it can. */
    static Teacher train(Signals signals, Answers answers, boolean[] usable, long seed) {
        Lesson lesson = balanced(lesson(signals, answers, usable, seed));
        float[][] rows = new float[lesson.points().length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = signals.common()[lesson.points()[i]];
        }
        return new Teacher(BinaryRegression.fit(rows, lesson.anomalous(), lesson.weights(), C),
                TreeEnsemble.grow(rows, lesson.anomalous(), lesson.weights(), TREES, LEAF, seed));
    }

    /** Whether answers and helpers together show both kinds of points. */
    static boolean canLearn(Signals signals, Answers answers, boolean[] usable, long seed) {
        if (answers.size() == 0) {
            return false;
        }
        Lesson lesson = lesson(signals, answers, usable, seed);
        boolean anomaly = false;
        boolean normal = false;
        for (boolean a : lesson.anomalous()) {
            anomaly |= a;
            normal |= !a;
        }
        return anomaly && normal;
    }

    /** The log-odds of an anomaly at each point, as if both kinds were equally frequent: the mean of both learners'. */
    double[] logit(Signals signals) {
        double[] logit = new double[signals.length()];
        for (int t = 0; t < logit.length; t++) {
            float[] row = signals.common()[t];
            logit[t] = .5 * Math.clamp(regression.logit(row), -MOST, MOST) + .5 * logit(trees.probability(row));
        }
        return logit;
    }

    private static double logit(double p) {
        double q = Math.clamp(p, LEAST, 1 - LEAST);
        return Math.log(q / (1 - q));
    }

    /** Whether it speaks of rows of this width. */
    boolean fits(int columns) {
        return regression.weights().length == columns + 1;
    }

    static Lesson lesson(Signals signals, Answers answers, boolean[] usable, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = signals.length();
        int[] points = new int[answers.size() * POINTS_AN_ANSWER + NORMALS + EXPLAINED + n];
        boolean[] anomalous = new boolean[points.length];
        float[] weights = new float[points.length];
        int size = 0;
        for (int a = 0; a < answers.size(); a++) {
            int[] covered = sample(answers.covered(a), POINTS_AN_ANSWER, random);
            for (int t : covered) {
                points[size] = t;
                anomalous[size] = answers.list().get(a).anomalous();
                weights[size++] = (float) Math.min(1, ANSWER_WEIGHT / covered.length);
            }
        }
        int[] low = unknown(signals, answers, usable, t -> signals.priorQuantile()[t] < NORMAL_BELOW);
        int[] normals = sample(low, NORMALS, random);
        for (int t : normals) {
            points[size] = t;
            weights[size++] = (float) (.5 * ANSWER_WEIGHT * Math.max(3, answers.size()) / normals.length);
        }
        int[] harmless = sample(unknown(signals, answers, usable, t -> signals.explained()[t]), EXPLAINED, random);
        for (int t : harmless) {
            points[size] = t;
            weights[size++] = (float) Math.min(1, ANSWER_WEIGHT / harmless.length);
        }
        if (answers.positives() < ENOUGH_POSITIVES) {
            int[] high = unknown(signals, answers, usable, t -> signals.priorQuantile()[t] > ANOMALY_ABOVE && !signals.explained()[t]);
            for (int t : high) {
                points[size] = t;
                anomalous[size] = true;
                weights[size++] = (float) (.15 * ANSWER_WEIGHT * ENOUGH_POSITIVES / high.length);
            }
        }
        return new Lesson(Arrays.copyOf(points, size), Arrays.copyOf(anomalous, size), Arrays.copyOf(weights, size));
    }

    /** Both kinds get half of the weight; the mean weight is 1. */
    private static Lesson balanced(Lesson lesson) {
        double positive = 0;
        double negative = 0;
        for (int i = 0; i < lesson.points().length; i++) {
            if (lesson.anomalous()[i]) {
                positive += lesson.weights()[i];
            } else {
                negative += lesson.weights()[i];
            }
        }
        float[] weights = lesson.weights().clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= (float) (.5 * weights.length / (lesson.anomalous()[i] ? positive : negative));
        }
        return new Lesson(lesson.points(), lesson.anomalous(), weights);
    }

    private static int[] unknown(Signals signals, Answers answers, boolean[] usable, IntPredicate which) {
        int[] points = new int[signals.length()];
        int n = 0;
        for (int t = 0; t < points.length; t++) {
            if (usable[t] && !answers.known(t) && which.test(t)) {
                points[n++] = t;
            }
        }
        return Arrays.copyOf(points, n);
    }

    /** At most k of the given points, drawn without repetition. */
    static int[] sample(int[] points, int k, SplittableRandom random) {
        if (points.length <= k) {
            return points;
        }
        int[] pool = points.clone();
        for (int i = 0; i < k; i++) {
            int j = i + random.nextInt(pool.length - i);
            int swap = pool[i];
            pool[i] = pool[j];
            pool[j] = swap;
        }
        return Arrays.copyOf(pool, k);
    }

    void write(DataOutput out) throws IOException {
        regression.write(out);
        trees.write(out);
    }

    static Teacher read(DataInput in) throws IOException {
        return new Teacher(BinaryRegression.read(in), TreeEnsemble.read(in));
    }
}
