package org.laudable.engine.graph;

import java.util.Arrays;
import org.laudable.engine.linear.CsrMatrix;
import org.laudable.engine.linear.FloatMatrix;

/**
 * SPREAD of ENGINES §1.3b: label spreading (Zhou et al., 2004) from a base distribution, with labelled rows clamped,
 * and a partial balancing of the classes afterwards.
 *
 * <p>Labelled rows := one-hot; F = B; {@code iterations} × {F = α·S·F + (1 − α)·B; clamp labelled rows}; row-normalise;
 * divide each column by its mean to the power {@code balance}; row-normalise.
 *
 * @param alpha      share taken from the neighbours, in (0, 1)
 * @param iterations fixed number of steps (20 is enough at α = .95 for the ranking to settle)
 * @param balance    0 leaves the class shares as they are, 1 makes them equal; ½ by default
 */
public record LabelSpreading(float alpha, int iterations, float balance) {

    public LabelSpreading {
        if (!(alpha > 0 && alpha < 1) || iterations < 1 || !(balance >= 0 && balance <= 1)) {
            throw new IllegalArgumentException("Label spreading needs 0 < alpha < 1, iterations >= 1, 0 <= balance <= 1");
        }
    }

    /** The setting of ENGINES §1.3b: α = .95, 20 iterations, balance ½. */
    public static LabelSpreading standard() {
        return new LabelSpreading(.95f, 20, .5f);
    }

    /**
     * Spreads over a graph.
     *
     * @param base    one distribution per node; not changed
     * @param items   labelled nodes
     * @param classes their classes, in the same order
     * @return one distribution per node
     */
    public FloatMatrix spread(NeighbourGraph graph, FloatMatrix base, int[] items, int[] classes) {
        CsrMatrix s = graph.matrix();
        FloatMatrix b = base;
        if (items.length > 0) {
            b = base.copy();
            clamp(b, items, classes);
        }
        FloatMatrix f = b.copy();
        FloatMatrix next = new FloatMatrix(base.rows(), base.cols());
        for (int t = 0; t < iterations; t++) {
            float[] to = next.data();
            float[] from = b.data();
            for (int i = 0; i < to.length; i++) {
                to[i] = (1 - alpha) * from[i];
            }
            s.addProduct(alpha, f, next);
            clamp(next, items, classes);
            FloatMatrix swap = f;
            f = next;
            next = swap;
        }
        f.normalizeRows();
        return balance > 0 ? balanced(f) : f;
    }

    private FloatMatrix balanced(FloatMatrix f) {
        float[] mean = f.columnMeans();
        for (int j = 0; j < mean.length; j++) {
            mean[j] = (float) (1 / Math.pow(Math.max(mean[j], 1e-6), balance));
        }
        for (int i = 0; i < f.rows(); i++) {
            for (int j = 0; j < mean.length; j++) {
                f.data()[i * f.stride() + j] *= mean[j];
            }
        }
        return f.normalizeRows();
    }

    private static void clamp(FloatMatrix f, int[] items, int[] classes) {
        for (int l = 0; l < items.length; l++) {
            int o = items[l] * f.stride();
            Arrays.fill(f.data(), o, o + f.cols(), 0f);
            f.data()[o + classes[l]] = 1f;
        }
    }
}
