package org.laudable.engine.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laudable.engine.linear.FloatMatrix;

class InvertedListsTest {
    private static final int K = 10;

    @Test
    void through_all_lists_the_neighbours_are_the_exact_ones() {
        FloatMatrix references = clusters(900, 1);
        FloatMatrix queries = clusters(200, 2);

        Neighbours found = InvertedLists.of(references, Integer.MAX_VALUE, 3).nearest(queries, K);

        Neighbours exact = NearestNeighbours.of(queries, references, K);
        assertArrayEquals(exact.similarity(), found.similarity(), 1e-6f);
    }

    @Test
    void through_a_few_lists_nearly_all_neighbours_are_found() {
        FloatMatrix references = clusters(8_000, 1);
        FloatMatrix queries = clusters(300, 2);

        Neighbours found = InvertedLists.of(references, 12, 3).nearest(queries, K);

        assertTrue(recall(NearestNeighbours.of(queries, references, K), found) > 0.95);
        assertTrue(recall(NearestNeighbours.of(queries, references, K), InvertedLists.of(references, 1, 3).nearest(queries, K)) < 0.95,
                "one list alone does not do: the test can fail");
    }

    @Test
    void what_a_query_finds_does_not_depend_on_the_others() {
        FloatMatrix references = clusters(3_000, 1);
        FloatMatrix queries = clusters(1_500, 2);
        InvertedLists lists = InvertedLists.of(references, 4, 3);

        Neighbours together = lists.nearest(queries, K);

        for (int i : new int[] {0, 700, 1_499}) {
            Neighbours alone = lists.nearest(queries.select(new int[] {i}), K);
            assertArrayEquals(Arrays.copyOfRange(together.index(), i * K, (i + 1) * K), alone.index());
        }
    }

    @Test
    void a_query_whose_lists_are_short_looks_further() {
        FloatMatrix references = clusters(12, 1);
        Neighbours found = InvertedLists.of(references, 1, 3).nearest(clusters(5, 2), K);
        for (float similarity : found.similarity()) {
            assertTrue(similarity > Float.NEGATIVE_INFINITY);
        }
    }

    private static double recall(Neighbours exact, Neighbours found) {
        int hits = 0;
        for (int i = 0; i < exact.size(); i++) {
            int[] a = Arrays.copyOfRange(exact.index(), i * K, (i + 1) * K);
            int[] b = Arrays.copyOfRange(found.index(), i * K, (i + 1) * K);
            hits += (int) Arrays.stream(a).filter(x -> Arrays.stream(b).anyMatch(y -> y == x)).count();
        }
        return (double) hits / exact.index().length;
    }

    /** Unit rows around forty centres, as sentences of some subjects are. */
    private static FloatMatrix clusters(int rows, long seed) {
        SplittableRandom centres = new SplittableRandom(99);
        double[][] centre = new double[40][32];
        for (double[] one : centre) {
            Arrays.setAll(one, i -> centres.nextGaussian());
        }
        SplittableRandom random = new SplittableRandom(seed);
        float[][] made = new float[rows][];
        for (int i = 0; i < rows; i++) {
            double[] c = centre[random.nextInt(centre.length)];
            float[] row = new float[c.length];
            double length = 0;
            for (int j = 0; j < row.length; j++) {
                row[j] = (float) (c[j] + 0.7 * random.nextGaussian());
                length += row[j] * row[j];
            }
            for (int j = 0; j < row.length; j++) {
                row[j] /= (float) Math.sqrt(length);
            }
            made[i] = row;
        }
        return FloatMatrix.of(made);
    }
}
