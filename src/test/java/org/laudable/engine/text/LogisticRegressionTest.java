package org.laudable.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laudable.engine.linear.CsrMatrix;
import org.laudable.engine.linear.FloatMatrix;

class LogisticRegressionTest {

    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void the_gradient_matches_finite_differences() {
        LogisticRegression.Rows rows = rows(12, 5, 3);
        LogisticRegression.Loss loss = new LogisticRegression.Loss(rows, rows.sparse(), .3f);
        float[] x = new float[loss.size()];
        boolean[] used = new boolean[x.length];
        for (int i = 0; i < x.length; i++) {
            used[i] = i % 16 < 3;
            x[i] = used[i] ? (float) random.nextGaussian() : 0;
        }
        float[] gradient = new float[x.length];
        loss.evaluate(x, gradient);
        float[] ignored = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            if (used[i]) {
                float keep = x[i];
                x[i] = keep + 1e-2f;
                double up = loss.evaluate(x, ignored);
                x[i] = keep - 1e-2f;
                double down = loss.evaluate(x, ignored);
                x[i] = keep;
                assertEquals((up - down) / 2e-2, gradient[i], 2e-3, "parameter " + i);
            } else {
                assertEquals(0, gradient[i], "padding " + i);
            }
        }
    }

    @Test
    void without_features_the_weighted_class_shares_come_out_through_the_offset_only() {
        // All features zero but the bias: strong regularisation leaves the offset alone.
        FloatMatrix offset = FloatMatrix.of(new float[][] {{1, 0}, {1, 0}});
        LogisticRegression.Rows rows = new LogisticRegression.Rows(new FloatMatrix(2, 2), empty(2, 1), offset,
                new int[] {0, 1}, new float[] {1, 1});
        FloatMatrix p = LogisticRegression.fit(rows, 1e-6f, 100).logits(new FloatMatrix(1, 2), empty(1, 1),
                FloatMatrix.of(new float[][] {{1, 0}})).softmaxRows();
        assertEquals(1 / (1 + Math.exp(-1)), p.get(0, 0), 1e-4);
    }

    @Test
    void separable_rows_are_learned_from_dense_and_sparse_features_alike() {
        LogisticRegression.Rows rows = rows(60, 5, 3);
        LogisticRegression lr = LogisticRegression.fit(rows, 100, 200);
        FloatMatrix p = lr.logits(rows.dense(), rows.sparse(), new FloatMatrix(60, 3)).softmaxRows();
        int right = 0;
        for (int i = 0; i < 60; i++) {
            right += p.argMax(i) == rows.classes()[i] ? 1 : 0;
        }
        assertTrue(right >= 58, right + " of 60");
        CsrMatrix unknown = new CsrMatrix(1, 3, new int[] {0, 0}, new int[0], new float[0]);
        assertEquals(3, lr.logits(new FloatMatrix(1, 5), unknown, new FloatMatrix(1, 3)).cols());
    }

    @Test
    void a_row_of_weight_two_equals_the_row_twice() {
        LogisticRegression.Rows rows = rows(6, 4, 3);
        int[] twice = {0, 0, 1, 2, 3, 4, 5};
        LogisticRegression doubled = LogisticRegression.fit(new LogisticRegression.Rows(rows.dense().select(twice),
                rows.sparse().select(twice), rows.offset().select(twice), new int[] {rows.classes()[0], rows.classes()[0],
                    rows.classes()[1], rows.classes()[2], rows.classes()[3], rows.classes()[4], rows.classes()[5]},
                new float[] {1, 1, 1, 1, 1, 1, 1}), 5, 300);
        LogisticRegression weighted = LogisticRegression.fit(new LogisticRegression.Rows(rows.dense(), rows.sparse(),
                rows.offset(), rows.classes(), new float[] {2, 1, 1, 1, 1, 1}), 5, 300);
        FloatMatrix a = doubled.logits(rows.dense(), rows.sparse(), rows.offset());
        FloatMatrix b = weighted.logits(rows.dense(), rows.sparse(), rows.offset());
        for (int j = 0; j < 3; j++) {
            assertEquals(a.get(0, j), b.get(0, j), 2e-2);
        }
    }

    /** Class c has its dense feature c and its sparse column c raised. */
    private LogisticRegression.Rows rows(int n, int d, int classes) {
        FloatMatrix dense = new FloatMatrix(n, d);
        FloatMatrix offset = new FloatMatrix(n, classes);
        int[] start = new int[n + 1];
        int[] column = new int[n];
        float[] value = new float[n];
        int[] target = new int[n];
        float[] weight = new float[n];
        for (int i = 0; i < n; i++) {
            target[i] = i % classes;
            weight[i] = 1 + .1f * (i % 3);
            start[i + 1] = i + 1;
            column[i] = target[i];
            value[i] = .5f;
            for (int j = 0; j < d; j++) {
                dense.set(i, j, (float) (.3 * random.nextGaussian() + (j == target[i] ? 1 : 0)));
            }
            for (int j = 0; j < classes; j++) {
                offset.set(i, j, (float) (.1 * random.nextGaussian()));
            }
        }
        return new LogisticRegression.Rows(dense, new CsrMatrix(n, classes, start, column, value), offset, target, weight);
    }

    private static CsrMatrix empty(int rows, int cols) {
        return new CsrMatrix(rows, cols, new int[rows + 1], new int[0], new float[0]);
    }
}
