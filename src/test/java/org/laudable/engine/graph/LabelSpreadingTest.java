package org.laudable.engine.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.laudable.engine.linear.CsrMatrix;
import org.laudable.engine.linear.FloatMatrix;

class LabelSpreadingTest {

    /** a – b – c in a row, S = 1/√2 on both edges. */
    private static final float S = (float) Math.sqrt(.5);
    private final NeighbourGraph path = new NeighbourGraph(new CsrMatrix(3, 3, new int[] {0, 1, 3, 4},
            new int[] {1, 0, 2, 1}, new float[] {S, S, S, S}));

    @Test
    void one_step_is_a_share_of_the_neighbours_plus_the_rest_of_the_base() {
        FloatMatrix base = FloatMatrix.of(new float[][] {{1, 0}, {.5f, .5f}, {0, 1}});
        FloatMatrix f = new LabelSpreading(.5f, 1, 0).spread(path, base, new int[0], new int[0]);
        // a = .5·S·(.5,.5) + .5·(1,0) = (.6768, .1768) → (.7929, .2071)
        assertArrayEquals(new float[] {.79289f, .20711f}, f.row(0), 1e-4f);
        assertArrayEquals(new float[] {.5f, .5f}, f.row(1), 1e-6f);
        assertArrayEquals(new float[] {.20711f, .79289f}, f.row(2), 1e-4f);
    }

    @Test
    void many_steps_reach_the_closed_form() {
        FloatMatrix f = new LabelSpreading(.5f, 60, 0).spread(path, FloatMatrix.of(new float[][] {{1, 0}, {0, 1}, {0, 0}}), new int[0], new int[0]);
        // (I − .5·S)⁻¹ for a path of three: column a ∝ (7, 2√2, 1), column b ∝ (2√2, 8, 2√2)
        double root = 2 * Math.sqrt(2);
        assertEquals(7 / (7 + root), f.get(0, 0), 1e-4);
        assertEquals(root / (root + 8), f.get(1, 0), 1e-4);
        assertEquals(1 / (1 + root), f.get(2, 0), 1e-4);
    }

    @Test
    void labelled_nodes_keep_their_label_and_pull_their_neighbours() {
        FloatMatrix base = FloatMatrix.of(new float[][] {{.5f, .5f}, {.5f, .5f}, {.5f, .5f}});
        FloatMatrix f = new LabelSpreading(.9f, 30, 0).spread(path, base, new int[] {0}, new int[] {1});
        assertArrayEquals(new float[] {0, 1}, f.row(0), 1e-6f);
        assertTrue(f.get(1, 1) > f.get(2, 1) && f.get(2, 1) > .5f);
        assertEquals(.5f, base.get(0, 1), "the base must not be changed");
    }

    @Test
    void balancing_divides_by_the_root_of_the_class_share() {
        FloatMatrix base = FloatMatrix.of(new float[][] {{.9f, .1f}, {.9f, .1f}, {.6f, .4f}});
        NeighbourGraph noEdges = new NeighbourGraph(new CsrMatrix(3, 3, new int[4], new int[0], new float[0]));
        FloatMatrix f = new LabelSpreading(.95f, 20, .5f).spread(noEdges, base, new int[0], new int[0]);
        double a = .6 / Math.sqrt(.8);
        double b = .4 / Math.sqrt(.2);
        assertEquals(a / (a + b), f.get(2, 0), 1e-5);
    }

    @Test
    void diffusion_adds_up_what_is_reached_in_each_number_of_steps() {
        float[] inf = new Diffusion(.8f, 2).apply(path, new float[] {1, 0, 0});
        // 1 + 0 + .64·S², .8·S, .64·S²
        assertArrayEquals(new float[] {1.32f, .8f * S, .32f}, inf, 1e-6f);
    }
}
