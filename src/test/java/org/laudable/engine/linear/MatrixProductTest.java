package org.laudable.engine.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixProductTest {

    @ParameterizedTest
    @CsvSource({"1,1,1", "3,5,2", "4,16,16", "7,33,17", "9,600,40", "5,513,31"})
    void a_product_equals_the_sum_over_the_inner_index_whatever_the_shape(int n, int k, int m) {
        FloatMatrix a = random(n, k, 1);
        FloatMatrix b = random(k, m, 2);
        FloatMatrix product = MatrixProduct.multiply(a, b);
        FloatMatrix viaTransposed = MatrixProduct.multiplyTransposed(a, b.transposed());
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double sum = 0;
                for (int p = 0; p < k; p++) {
                    sum += (double) a.get(i, p) * b.get(p, j);
                }
                assertEquals(sum, product.get(i, j), 1e-4);
                assertEquals(sum, viaTransposed.get(i, j), 1e-4);
            }
        }
    }

    @Test
    void padding_stays_zero_after_a_product() {
        FloatMatrix product = MatrixProduct.multiplyTransposed(random(5, 20, 3), random(3, 20, 4));
        for (int i = 0; i < 5; i++) {
            for (int j = 3; j < product.stride(); j++) {
                assertEquals(0f, product.data()[i * product.stride() + j]);
            }
        }
    }

    @Test
    void a_block_is_written_to_the_top_left_and_overwrites_what_was_there() {
        FloatMatrix a = random(6, 8, 5);
        FloatMatrix out = new FloatMatrix(2, 3);
        out.set(0, 0, 99);
        MatrixProduct.multiplyTransposed(a, 2, 4, a, 1, 4, out);
        assertEquals(MatrixProduct.dot(a.row(2), a.row(1)), out.get(0, 0), 1e-5);
        assertEquals(MatrixProduct.dot(a.row(3), a.row(3)), out.get(1, 2), 1e-5);
    }

    @Test
    void matrices_that_do_not_fit_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> MatrixProduct.multiply(random(2, 3, 1), random(2, 3, 1)));
    }

    @Test
    void sparse_products_agree_with_dense_ones() {
        CsrMatrix s = new CsrMatrix(2, 3, new int[] {0, 2, 3}, new int[] {0, 2, 1}, new float[] {2, 3, 5});
        FloatMatrix x = FloatMatrix.of(new float[][] {{1, 10}, {2, 20}, {3, 30}});
        FloatMatrix out = new FloatMatrix(2, 2);
        s.addProduct(1, x, out);
        assertArrayEquals(new float[] {11, 110}, out.row(0));
        assertArrayEquals(new float[] {10, 100}, out.row(1));
        FloatMatrix back = new FloatMatrix(3, 2);
        s.addTransposedProduct(1, out, back);
        assertArrayEquals(new float[] {33, 330}, back.row(2));
        FloatMatrix again = new FloatMatrix(1, 2);
        s.append(s).select(new int[] {3}).addProduct(1, x, again);
        assertArrayEquals(new float[] {10, 100}, again.row(0));
    }

    @Test
    void softmax_survives_huge_logits_and_rows_without_mass_become_uniform() {
        FloatMatrix logits = FloatMatrix.of(new float[][] {{1000, 1000}, {-1000, 0}});
        logits.softmaxRows();
        assertArrayEquals(new float[] {.5f, .5f}, logits.row(0), 1e-6f);
        assertArrayEquals(new float[] {0, 1}, logits.row(1), 1e-6f);
        assertArrayEquals(new float[] {.5f, .5f}, new FloatMatrix(1, 2).normalizeRows().row(0));
    }

    static FloatMatrix random(int rows, int cols, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FloatMatrix m = new FloatMatrix(rows, cols);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                m.set(i, j, (float) (random.nextDouble() * 2 - 1));
            }
        }
        return m;
    }
}
