package org.laudable.engine.series;

import java.util.SplittableRandom;

/** Isolation forest (Liu et al., 2008): rows that few random cuts isolate are suspicious. A baseline, not saved. */
final class IsolationForest {

    private static final int TREES = 100;
    private static final int SAMPLE = 256;

    private final int[][] feature = new int[TREES][];
    private final float[][] cut = new float[TREES][];
    private final int sample;

    private IsolationForest(int sample) {
        this.sample = sample;
    }

    static IsolationForest grow(float[][] rows, int[] from, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int sample = Math.min(SAMPLE, from.length);
        IsolationForest forest = new IsolationForest(sample);
        int depth = (int) Math.ceil(Math.log(Math.max(2, sample)) / Math.log(2));
        for (int k = 0; k < TREES; k++) {
            forest.feature[k] = new int[1 << depth + 1];
            forest.cut[k] = new float[1 << depth + 1];
            forest.split(k, 1, 0, depth, rows, Teacher.sample(from, sample, random), random);
        }
        return forest;
    }

    /** A leaf holds −(its size) as feature. */
    private void split(int tree, int node, int level, int depth, float[][] rows, int[] points, SplittableRandom random) {
        feature[tree][node] = -points.length - 1;
        if (level == depth || points.length < 2) {
            return;
        }
        for (int attempt = 0; attempt < 10; attempt++) {
            int j = random.nextInt(rows[0].length);
            float min = Float.POSITIVE_INFINITY;
            float max = Float.NEGATIVE_INFINITY;
            for (int p : points) {
                min = Math.min(min, rows[p][j]);
                max = Math.max(max, rows[p][j]);
            }
            if (max > min) {
                float c = (float) (min + random.nextDouble() * (max - min));
                feature[tree][node] = j;
                cut[tree][node] = c;
                split(tree, 2 * node, level + 1, depth, rows, side(rows, points, j, c, false), random);
                split(tree, 2 * node + 1, level + 1, depth, rows, side(rows, points, j, c, true), random);
                return;
            }
        }
    }

    private static int[] side(float[][] rows, int[] points, int j, float c, boolean above) {
        return java.util.Arrays.stream(points).filter(p -> rows[p][j] > c == above).toArray();
    }

    /** 2^(−mean depth / expected depth), in (0, 1]. */
    double score(float[] row) {
        double sum = 0;
        for (int k = 0; k < TREES; k++) {
            int node = 1;
            int level = 0;
            while (feature[k][node] >= 0) {
                node = 2 * node + (row[feature[k][node]] > cut[k][node] ? 1 : 0);
                level++;
            }
            sum += level + expected(-feature[k][node] - 1);
        }
        return Math.pow(2, -sum / TREES / Math.max(1, expected(sample)));
    }

    private static double expected(int n) {
        return n <= 1 ? 0 : n == 2 ? 1 : 2 * (Math.log(n - 1) + .5772156649) - 2.0 * (n - 1) / n;
    }
}
