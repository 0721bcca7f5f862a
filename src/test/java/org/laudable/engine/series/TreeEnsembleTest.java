package org.laudable.engine.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Randomised trees on made-up rows. */
class TreeEnsembleTest {

    private static final int ROWS = 400;
    private final float[][] rows = rows(1);
    private final boolean[] anomalous = inRing(rows);

    private static float[][] rows(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] rows = new float[ROWS][6];
        for (float[] row : rows) {
            for (int j = 0; j < 5; j++) {
                row[j] = (float) random.nextDouble(-1, 1);
            }
            row[5] = 7;
        }
        return rows;
    }

    /** Something that no single threshold and no straight line finds. */
    private static boolean[] inRing(float[][] rows) {
        boolean[] in = new boolean[rows.length];
        for (int i = 0; i < in.length; i++) {
            in[i] = rows[i][0] * rows[i][0] + rows[i][1] * rows[i][1] < .4;
        }
        return in;
    }

    private static float[] ones() {
        float[] weights = new float[ROWS];
        Arrays.fill(weights, 1);
        return weights;
    }

    @Test
    void a_ring_is_learned_and_holds_on_rows_not_seen() {
        TreeEnsemble trees = TreeEnsemble.grow(rows, anomalous, ones(), 60, 2, 1);
        float[][] others = rows(2);
        boolean[] truth = inRing(others);
        int right = 0;
        for (int i = 0; i < ROWS; i++) {
            right += trees.probability(others[i]) > .5 == truth[i] ? 1 : 0;
        }
        assertTrue(right > .9 * ROWS, right + " of " + ROWS);
    }

    @Test
    void a_leaf_may_not_be_lighter_than_asked() {
        TreeEnsemble whole = TreeEnsemble.grow(rows, anomalous, ones(), 5, ROWS / 2f + 1, 1);
        double share = 0;
        for (boolean a : anomalous) {
            share += a ? 1.0 / ROWS : 0;
        }
        assertEquals(share, whole.probability(rows[0]), 1e-9);
        assertEquals(share, whole.probability(rows[1]), 1e-9);
    }

    @Test
    void weights_count_like_so_many_rows() {
        float[] weights = ones();
        for (int i = 0; i < ROWS; i++) {
            weights[i] = anomalous[i] ? 3 : 1;
        }
        TreeEnsemble whole = TreeEnsemble.grow(rows, anomalous, weights, 1, 1e6f, 1);
        double heavy = 0;
        double all = 0;
        for (int i = 0; i < ROWS; i++) {
            heavy += anomalous[i] ? 3 : 0;
            all += weights[i];
        }
        assertEquals(heavy / all, whole.probability(rows[0]), 1e-9);
    }

    @Test
    void saved_trees_answer_alike_and_the_seed_decides() throws IOException {
        TreeEnsemble trees = TreeEnsemble.grow(rows, anomalous, ones(), 20, 2, 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        trees.write(new DataOutputStream(bytes));
        TreeEnsemble read = TreeEnsemble.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertArrayEquals(answers(trees), answers(read));
        assertArrayEquals(answers(trees), answers(TreeEnsemble.grow(rows, anomalous, ones(), 20, 2, 1)));
        assertTrue(!Arrays.equals(answers(trees), answers(TreeEnsemble.grow(rows, anomalous, ones(), 20, 2, 2))));
    }

    private double[] answers(TreeEnsemble trees) {
        return Arrays.stream(rows).mapToDouble(trees::probability).toArray();
    }
}
