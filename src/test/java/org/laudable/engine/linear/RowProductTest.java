package org.laudable.engine.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowProductTest {
    private static final int HIDDEN = 32;
    private final Random random = new Random(7);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 25, 48, 64, 128, 131})
    void a_row_times_a_matrix_is_summed_in_the_order_of_its_inputs(int outputs) {
        int inputs = 19;
        float[] x = numbers(inputs, 1);
        float[] w = numbers(inputs * outputs, 1);
        float[] y = numbers(outputs, 1);
        float[] expected = y.clone();
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                expected[o] = Math.fma(x[i], w[i * outputs + o], expected[o]);
            }
        }
        RowProduct.add(x, inputs, w, outputs, y);
        assertArrayEquals(expected, y);
    }

    @ParameterizedTest
    @ValueSource(floats = {.01f, 1, 30, 1_000})
    void a_step_of_an_lstm_is_that_of_its_formula_however_loud_its_gates(float loud) {
        float[] gates = numbers(4 * HIDDEN, loud);
        float[] w = numbers(4 * HIDDEN * HIDDEN, .3f);
        float[] h = numbers(HIDDEN, .5f);
        float[] cell = numbers(HIDDEN, 2);
        double[] sums = new double[4 * HIDDEN];
        for (int g = 0; g < sums.length; g++) {
            sums[g] = gates[g];
            for (int i = 0; i < HIDDEN; i++) {
                sums[g] += (double) h[i] * w[i * sums.length + g];
            }
        }
        float[] before = cell.clone();
        float[] next = new float[HIDDEN];
        RowProduct.lstm(gates, w, h, cell, next);
        double tolerance = 1e-6 * Math.max(1, loud);
        for (int j = 0; j < HIDDEN; j++) {
            double kept = sigmoid(sums[HIDDEN + j]) * before[j] + sigmoid(sums[j]) * Math.tanh(sums[2 * HIDDEN + j]);
            assertEquals(kept, cell[j], tolerance);
            assertEquals(sigmoid(sums[3 * HIDDEN + j]) * Math.tanh(kept), next[j], tolerance);
        }
    }

    @Test
    void a_tile_is_looked_into_when_and_only_when_a_row_may_be_near_enough() {
        int rows = 3 * PatternTiles.TILE + 5;
        FloatMatrix patterns = new FloatMatrix(rows, 8);
        double[] squares = new double[rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < 8; j++) {
                patterns.set(i, j, 10 * i + j + random.nextFloat());
                squares[i] += (double) patterns.get(i, j) * patterns.get(i, j);
            }
        }
        PatternTiles tiles = new PatternTiles(patterns, squares);
        assertEquals(4, tiles.tiles());
        int like = 2 * PatternTiles.TILE + 3;
        float[] pattern = new float[8];
        for (int j = 0; j < 8; j++) {
            pattern[j] = patterns.get(like, j) + .01f;
        }
        float[] dots = new float[PatternTiles.TILE];
        double own = MatrixProduct.dot(pattern, pattern);
        for (int tile = 0; tile < 4; tile++) {
            assertEquals(tile == 2, tiles.near(tile, pattern, own, 1, dots), "tile " + tile);
        }
        assertEquals(MatrixProduct.dot(pattern, row(patterns, like)), dots[3], 1e-6 * own);
    }

    private static float[] row(FloatMatrix m, int i) {
        float[] row = new float[m.cols()];
        for (int j = 0; j < row.length; j++) {
            row[j] = m.get(i, j);
        }
        return row;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private float[] numbers(int n, float scale) {
        float[] out = new float[n];
        for (int i = 0; i < n; i++) {
            out[i] = scale * (float) random.nextGaussian();
        }
        return out;
    }
}
