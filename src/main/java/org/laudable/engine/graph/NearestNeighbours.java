package org.laudable.engine.graph;

import java.util.Arrays;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.linear.MatrixProduct;

/** Exact nearest neighbours by cosine: every pair is compared, block by block. Rows must have length 1 (or 0). */
public final class NearestNeighbours {

    private static final int QUERIES = 256;
    private static final int REFERENCES = 2048;

    private NearestNeighbours() {
    }

    /** The k nearest other rows of each row; a row is never its own neighbour. */
    public static Neighbours among(FloatMatrix rows, int k) {
        if (rows.rows() < 2) {
            throw new IllegalArgumentException("A neighbour graph needs at least two rows, got " + rows.rows());
        }
        return search(rows, rows, Math.min(k, rows.rows() - 1), true);
    }

    /** The k nearest reference rows of each query. */
    public static Neighbours of(FloatMatrix queries, FloatMatrix references, int k) {
        if (references.rows() < 1) {
            throw new IllegalArgumentException("There is nothing to be a neighbour of");
        }
        return search(queries, references, Math.min(k, references.rows()), false);
    }

    private static Neighbours search(FloatMatrix queries, FloatMatrix references, int k, boolean skipSelf) {
        int n = queries.rows();
        int[] index = new int[n * k];
        float[] similarity = new float[n * k];
        Arrays.fill(similarity, Float.NEGATIVE_INFINITY);
        FloatMatrix block = new FloatMatrix(Math.min(QUERIES, Math.max(1, n)), Math.min(REFERENCES, references.rows()));
        for (int q = 0; q < n; q += QUERIES) {
            int qEnd = Math.min(n, q + QUERIES);
            for (int r = 0; r < references.rows(); r += REFERENCES) {
                int rEnd = Math.min(references.rows(), r + REFERENCES);
                MatrixProduct.multiplyTransposed(queries, q, qEnd, references, r, rEnd, block);
                for (int i = q; i < qEnd; i++) {
                    int at = (i - q) * block.stride() - r;
                    for (int j = r; j < rEnd; j++) {
                        if (block.data()[at + j] > similarity[i * k + k - 1] && !(skipSelf && i == j)) {
                            insert(index, similarity, i * k, k, j, block.data()[at + j]);
                        }
                    }
                }
            }
        }
        return new Neighbours(k, index, similarity);
    }

    /** Puts a candidate that beats the last of a sorted list into its place. */
    static void insert(int[] index, float[] similarity, int from, int k, int candidate, float value) {
        int at = from + k - 1;
        while (at > from && similarity[at - 1] < value) {
            similarity[at] = similarity[at - 1];
            index[at] = index[at - 1];
            at--;
        }
        similarity[at] = value;
        index[at] = candidate;
    }
}
