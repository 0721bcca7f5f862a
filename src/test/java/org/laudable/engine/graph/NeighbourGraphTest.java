package org.laudable.engine.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laudable.engine.linear.CsrMatrix;
import org.laudable.engine.linear.FloatMatrix;

class NeighbourGraphTest {

    @Test
    void neighbours_are_the_most_similar_other_rows_best_first() {
        FloatMatrix rows = directions(0, 10, 25, 90);
        Neighbours n = NearestNeighbours.among(rows, 2);
        assertArrayEquals(new int[] {1, 2, 0, 2, 1, 0, 2, 1}, n.index());
        assertEquals(Math.cos(Math.toRadians(10)), n.similarity()[0], 1e-6);
    }

    @Test
    void more_neighbours_than_rows_means_all_the_others() {
        assertEquals(2, NearestNeighbours.among(directions(0, 10, 20), 15).k());
    }

    @Test
    void edges_weigh_the_cosine_to_the_power_and_are_normalised_by_both_degrees() {
        // a – b at 60°, b – c at 60°, a – c at 120°: only a – b and b – c have a weight, .5² each.
        CsrMatrix s = NeighbourGraph.of(directions(0, 60, 120), 2, 2, 0).matrix();
        assertArrayEquals(new int[] {0, 1, 3, 4}, s.start());
        assertArrayEquals(new int[] {1, 0, 2, 1}, s.column());
        float expected = (float) (.25 / Math.sqrt(.25 * .5));
        for (float v : s.value()) {
            assertEquals(expected, v, 1e-6);
        }
    }

    @Test
    void an_edge_found_from_one_side_only_goes_both_ways() {
        // 0° and 10° are each other's nearest; 40° chooses 10°, which does not choose it back.
        CsrMatrix s = NeighbourGraph.of(directions(0, 10, 40), 1, 1, 0).matrix();
        assertArrayEquals(new int[] {1, 0, 2, 1}, s.column());
    }

    @Test
    void a_single_row_makes_a_graph_without_edges() {
        assertEquals(0, NeighbourGraph.of(directions(5), 15, 6, 0).matrix().entries());
    }

    @Test
    void descent_finds_nearly_all_true_neighbours_and_repeats_itself() {
        FloatMatrix rows = clustered(3_000, 32, 60, 7);
        Neighbours exact = NearestNeighbours.among(rows, 15);
        Neighbours found = NeighbourDescent.among(rows, 15, 1);
        int hits = 0;
        for (int i = 0; i < rows.rows(); i++) {
            Set<Integer> truth = new HashSet<>();
            for (int e = i * 15; e < (i + 1) * 15; e++) {
                truth.add(exact.index()[e]);
            }
            for (int e = i * 15; e < (i + 1) * 15; e++) {
                hits += truth.contains(found.index()[e]) ? 1 : 0;
            }
        }
        double recall = hits / (15.0 * rows.rows());
        assertTrue(recall > .95, "recall " + recall);
        assertTrue(Arrays.equals(found.index(), NeighbourDescent.among(rows, 15, 1).index()));
    }

    static FloatMatrix directions(double... degrees) {
        FloatMatrix m = new FloatMatrix(degrees.length, 2);
        for (int i = 0; i < degrees.length; i++) {
            m.set(i, 0, (float) Math.cos(Math.toRadians(degrees[i])));
            m.set(i, 1, (float) Math.sin(Math.toRadians(degrees[i])));
        }
        return m;
    }

    static FloatMatrix clustered(int n, int d, int clusters, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] centers = new float[clusters][d];
        for (float[] c : centers) {
            for (int j = 0; j < d; j++) {
                c[j] = (float) random.nextGaussian();
            }
        }
        FloatMatrix m = new FloatMatrix(n, d);
        for (int i = 0; i < n; i++) {
            float[] c = centers[i % clusters];
            for (int j = 0; j < d; j++) {
                m.set(i, j, (float) (c[j] + .5 * random.nextGaussian()));
            }
        }
        return m.centerAndNormalize(new float[d]);
    }
}
