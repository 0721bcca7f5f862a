package org.laudable.engine.graph;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.linear.MatrixProduct;

/**
 * About the nearest reference rows of very many queries: references lie in √n lists around centres (spherical k-means), and a
 * query looks only through the lists whose centres are nearest to it (the inverted file of Sivic and Zisserman, 2003). What
 * one query finds does not depend on the others. Rows must have length 1 (or 0). Immutable, safe for several threads.
 */
public final class InvertedLists {

    private static final int PASSES = 5;
    private static final int TRAINED_ON_EACH = 64;
    private static final int QUERIES = 1_024;

    private final FloatMatrix centres;
    private final FloatMatrix rows;
    private final int[] start;
    private final int[] original;
    private final int probes;

    private InvertedLists(FloatMatrix centres, FloatMatrix rows, int[] start, int[] original, int probes) {
        this.centres = centres;
        this.rows = rows;
        this.start = start;
        this.original = original;
        this.probes = probes;
    }

    /**
     * Sorts reference rows into lists; the same lists for the same seed.
     *
     * @param probes lists a query looks through; more than there are means all, and then the result is exact
     */
    public static InvertedLists of(FloatMatrix references, int probes, long seed) {
        int lists = Math.max(1, (int) Math.round(Math.sqrt(references.rows())));
        FloatMatrix centres = centres(references, lists, seed);
        int[] list = nearest(references, centres);
        int[] start = new int[lists + 1];
        for (int one : list) {
            start[one + 1]++;
        }
        for (int i = 0; i < lists; i++) {
            start[i + 1] += start[i];
        }
        int[] at = Arrays.copyOf(start, lists);
        int[] original = new int[references.rows()];
        for (int i = 0; i < list.length; i++) {
            original[at[list[i]]++] = i;
        }
        return new InvertedLists(centres, references.select(original), start, original, Math.min(probes, lists));
    }

    private static FloatMatrix centres(FloatMatrix references, int lists, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = Math.min(references.rows(), lists * TRAINED_ON_EACH);
        FloatMatrix sample = references.select(random.ints(0, references.rows()).distinct().limit(n).toArray());
        FloatMatrix centres = sample.select(random.ints(0, n).distinct().limit(lists).toArray());
        for (int pass = 0; pass < PASSES; pass++) {
            int[] list = nearest(sample, centres);
            FloatMatrix sums = new FloatMatrix(lists, references.cols());
            for (int i = 0; i < n; i++) {
                int to = list[i] * sums.stride();
                int from = i * sample.stride();
                for (int c = 0; c < sample.cols(); c++) {
                    sums.data()[to + c] += sample.data()[from + c];
                }
            }
            centres = unit(sums, centres);
        }
        return centres;
    }

    /** A list that nobody belongs to keeps its centre. */
    private static FloatMatrix unit(FloatMatrix sums, FloatMatrix before) {
        for (int i = 0; i < sums.rows(); i++) {
            double length = 0;
            for (float x : sums.row(i)) {
                length += (double) x * x;
            }
            float[] row = length < 1e-12 ? before.row(i) : sums.row(i);
            float scale = length < 1e-12 ? 1 : (float) (1 / Math.sqrt(length));
            for (int c = 0; c < row.length; c++) {
                row[c] *= scale;
            }
            sums.setRow(i, row);
        }
        return sums;
    }

    private static int[] nearest(FloatMatrix rows, FloatMatrix centres) {
        int[] best = new int[rows.rows()];
        FloatMatrix block = new FloatMatrix(Math.min(QUERIES, rows.rows()), centres.rows());
        for (int from = 0; from < best.length; from += QUERIES) {
            int to = Math.min(best.length, from + QUERIES);
            MatrixProduct.multiplyTransposed(rows, from, to, centres, 0, centres.rows(), block);
            for (int i = from; i < to; i++) {
                best[i] = block.argMax(i - from);
            }
        }
        return best;
    }

    /** About the k nearest references of each query, most similar first. */
    public Neighbours nearest(FloatMatrix queries, int k) {
        int most = Math.min(k, rows.rows());
        int[] index = new int[queries.rows() * most];
        float[] similarity = new float[queries.rows() * most];
        Arrays.fill(similarity, Float.NEGATIVE_INFINITY);
        for (int from = 0; from < queries.rows(); from += QUERIES) {
            search(queries, from, Math.min(queries.rows(), from + QUERIES), most, index, similarity);
        }
        return new Neighbours(most, index, similarity);
    }

    private void search(FloatMatrix queries, int from, int to, int k, int[] index, float[] similarity) {
        int[][] asking = asking(queries, from, to, k);
        for (int list = 0; list < asking.length; list++) {
            int[] who = asking[list];
            int size = start[list + 1] - start[list];
            if (who.length == 0 || size == 0) {
                continue;
            }
            FloatMatrix some = queries.select(who);
            FloatMatrix block = new FloatMatrix(who.length, size);
            MatrixProduct.multiplyTransposed(some, 0, who.length, rows, start[list], start[list + 1], block);
            for (int i = 0; i < who.length; i++) {
                int at = who[i] * k;
                for (int j = 0; j < size; j++) {
                    float value = block.data()[i * block.stride() + j];
                    if (value > similarity[at + k - 1]) {
                        NearestNeighbours.insert(index, similarity, at, k, original[start[list] + j], value);
                    }
                }
            }
        }
    }

    /** For each list the queries that look through it: those it is nearest to, and enough lists that each query finds k rows. */
    private int[][] asking(FloatMatrix queries, int from, int to, int k) {
        FloatMatrix near = new FloatMatrix(to - from, centres.rows());
        MatrixProduct.multiplyTransposed(queries, from, to, centres, 0, centres.rows(), near);
        int[][] asking = new int[centres.rows()][8];
        int[] count = new int[centres.rows()];
        for (int i = 0; i < to - from; i++) {
            int found = 0;
            for (int p = 0; p < centres.rows() && (p < probes || found < k); p++) {
                int list = near.argMax(i);
                near.set(i, list, Float.NEGATIVE_INFINITY);
                if (count[list] == asking[list].length) {
                    asking[list] = Arrays.copyOf(asking[list], 2 * count[list]);
                }
                asking[list][count[list]++] = from + i;
                found += start[list + 1] - start[list];
            }
        }
        for (int list = 0; list < asking.length; list++) {
            asking[list] = Arrays.copyOf(asking[list], count[list]);
        }
        return asking;
    }
}
