package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.laudable.engine.saved.BoundedInput;

/**
 * Extremely randomised trees (Geurts et al., 2006): every node draws √d features and one number each, and keeps the test
 * that lowers the Gini impurity most. Nothing is sorted, so a forest takes a tenth of a second.
 */
final class TreeEnsemble {

    /** One tree: node i tests a feature (-1: a leaf) against a number; left if not greater. */
    private record Tree(int[] feature, double[] number, int[] left, int[] right) {
    }

    private final List<Tree> trees;

    private TreeEnsemble(List<Tree> trees) {
        this.trees = trees;
    }

    /**
     * Grows trees on weighted rows of two classes.
     *
     * @param leaf smallest weight of a leaf
     */
    static TreeEnsemble grow(float[][] rows, boolean[] anomalous, float[] weights, int trees, float leaf, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Tree> grown = new ArrayList<>();
        for (int k = 0; k < trees; k++) {
            grown.add(new Growing(rows, anomalous, weights, leaf, random.split()).grow());
        }
        return new TreeEnsemble(grown);
    }

    /** The mean share of anomalies in the leaves that a row ends in. */
    double probability(float[] row) {
        double sum = 0;
        for (Tree tree : trees) {
            int at = 0;
            while (tree.feature()[at] >= 0) {
                at = row[tree.feature()[at]] > tree.number()[at] ? tree.right()[at] : tree.left()[at];
            }
            sum += tree.number()[at];
        }
        return sum / trees.size();
    }

    /** A tree on its way: the rows in an order in which those of a node are neighbours, and the nodes so far. */
    private static final class Growing {
        private final float[][] rows;
        private final boolean[] anomalous;
        private final float[] weights;
        private final float leaf;
        private final SplittableRandom random;
        private final int[] order;
        private final int[] features;
        private final int tried;
        private int[] feature = new int[64];
        private double[] number = new double[64];
        private int[] left = new int[64];
        private int[] right = new int[64];
        private int nodes;

        Growing(float[][] rows, boolean[] anomalous, float[] weights, float leaf, SplittableRandom random) {
            this.rows = rows;
            this.anomalous = anomalous;
            this.weights = weights;
            this.leaf = leaf;
            this.random = random;
            this.order = java.util.stream.IntStream.range(0, rows.length).toArray();
            this.features = java.util.stream.IntStream.range(0, rows[0].length).toArray();
            this.tried = (int) Math.ceil(Math.sqrt(features.length));
        }

        Tree grow() {
            node(0, order.length);
            return new Tree(Arrays.copyOf(feature, nodes), Arrays.copyOf(number, nodes), Arrays.copyOf(left, nodes),
                    Arrays.copyOf(right, nodes));
        }

        /** A test that was drawn, and the impurity it leaves. */
        private record Test(int feature, float number, double impurity) {
        }

        /** Makes the node of the rows order[from … to) and all below it; returns its place. */
        private int node(int from, int to) {
            double all = 0;
            double positive = 0;
            for (int i = from; i < to; i++) {
                all += weights[order[i]];
                positive += anomalous[order[i]] ? weights[order[i]] : 0;
            }
            int at = nodes++;
            if (at == feature.length) {
                feature = Arrays.copyOf(feature, 2 * at);
                number = Arrays.copyOf(number, 2 * at);
                left = Arrays.copyOf(left, 2 * at);
                right = Arrays.copyOf(right, 2 * at);
            }
            Test test = all < 2 * leaf || positive <= 0 || positive >= all ? null : best(from, to, all, positive);
            if (test == null) {
                feature[at] = -1;
                number[at] = all > 0 ? positive / all : 0;
                return at;
            }
            int middle = divide(from, to, test);
            feature[at] = test.feature();
            number[at] = test.number();
            int low = node(from, middle);
            int high = node(middle, to);
            left[at] = low;
            right[at] = high;
            return at;
        }

        /** The best of √d tests on features that differ within the node; more are drawn until one leaves leaves large enough. */
        private Test best(int from, int to, double all, double positive) {
            Test best = null;
            int seen = 0;
            for (int k = 0; k < features.length && (seen < tried || best == null); k++) {
                int other = k + random.nextInt(features.length - k);
                int j = features[other];
                features[other] = features[k];
                features[k] = j;
                float low = rows[order[from]][j];
                float high = low;
                for (int i = from + 1; i < to; i++) {
                    float v = rows[order[i]][j];
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                }
                if (!(high > low)) {
                    continue;
                }
                seen++;
                float at = Math.min(low + (float) (random.nextDouble() * (high - low)), Math.nextDown(high));
                double above = 0;
                double positiveAbove = 0;
                for (int i = from; i < to; i++) {
                    int row = order[i];
                    if (rows[row][j] > at) {
                        above += weights[row];
                        positiveAbove += anomalous[row] ? weights[row] : 0;
                    }
                }
                if (above < leaf || all - above < leaf) {
                    continue;
                }
                double impurity = gini(above, positiveAbove) + gini(all - above, positive - positiveAbove);
                if (best == null || impurity < best.impurity()) {
                    best = new Test(j, at, impurity);
                }
            }
            return best;
        }

        /** Weight times Gini impurity, halved. */
        private static double gini(double all, double positive) {
            return positive * (all - positive) / all;
        }

        /** Puts the rows that go left before those that go right; returns where these begin. */
        private int divide(int from, int to, Test test) {
            int middle = from;
            for (int i = from; i < to; i++) {
                int row = order[i];
                if (!(rows[row][test.feature()] > test.number())) {
                    order[i] = order[middle];
                    order[middle++] = row;
                }
            }
            return middle;
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(trees.size());
        for (Tree tree : trees) {
            out.writeInt(tree.feature().length);
            for (int i = 0; i < tree.feature().length; i++) {
                out.writeInt(tree.feature()[i]);
                out.writeDouble(tree.number()[i]);
                out.writeInt(tree.left()[i]);
                out.writeInt(tree.right()[i]);
            }
        }
    }

    static TreeEnsemble read(DataInput in) throws IOException {
        List<Tree> trees = new ArrayList<>();
        for (int k = BoundedInput.length(in, Integer.BYTES); k > 0; k--) {
            int n = BoundedInput.length(in, 20);
            Tree tree = new Tree(new int[n], new double[n], new int[n], new int[n]);
            for (int i = 0; i < n; i++) {
                tree.feature()[i] = in.readInt();
                tree.number()[i] = in.readDouble();
                tree.left()[i] = in.readInt();
                tree.right()[i] = in.readInt();
                boolean leads = tree.left()[i] > i && tree.left()[i] < n && tree.right()[i] > i && tree.right()[i] < n;
                if (tree.feature()[i] >= 0 && !leads) {
                    throw new IOException("The model file is damaged: a tree leads nowhere.");
                }
            }
            if (n == 0) {
                throw new IOException("The model file is damaged: a tree without a node.");
            }
            trees.add(tree);
        }
        return new TreeEnsemble(trees);
    }
}
