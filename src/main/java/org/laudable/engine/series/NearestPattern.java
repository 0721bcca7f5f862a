package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.linear.MatrixProduct;
import org.laudable.engine.linear.PatternTiles;
import org.laudable.engine.saved.BoundedInput;

/**
 * Euclidean distance to the nearest of a set of reference patterns; patterns that overlap the judged one in time do not
 * count. Exact: every pair is compared, block by block.
 */
final class NearestPattern {

    private static final int QUERIES = 256;
    private static final int REFERENCES = 2048;

    private final FloatMatrix references;
    private final int[] at;
    private final double[] squares;
    private volatile @org.jspecify.annotations.Nullable PatternTiles tiles;

    /** @param at the point in time each reference ends at, in the fitted series' numbering */
    NearestPattern(FloatMatrix references, int[] at) {
        if (references.rows() == 0 || references.rows() != at.length) {
            throw new IllegalArgumentException("There are %d patterns at %d points".formatted(references.rows(), at.length));
        }
        this.references = references;
        this.at = at;
        this.squares = squares(references);
    }

    int size() {
        return at.length;
    }

    /**
     * Mean distance to the k nearest references, for each pattern; 0 where none is far enough in time.
     *
     * @param first     the point in time of the first pattern, the others follow one by one
     * @param exclusion references nearer in time than this do not count
     */
    double[] distances(FloatMatrix patterns, int first, int exclusion, int k) {
        int n = patterns.rows();
        double[] own = squares(patterns);
        double[] out = new double[n];
        FloatMatrix block = new FloatMatrix(Math.min(QUERIES, Math.max(1, n)), Math.min(REFERENCES, references.rows()));
        for (int q = 0; q < n; q += QUERIES) {
            int qEnd = Math.min(n, q + QUERIES);
            double[][] best = new double[qEnd - q][k];
            for (double[] row : best) {
                Arrays.fill(row, Double.POSITIVE_INFINITY);
            }
            for (int r = 0; r < references.rows(); r += REFERENCES) {
                int rEnd = Math.min(references.rows(), r + REFERENCES);
                MatrixProduct.multiplyTransposed(patterns, q, qEnd, references, r, rEnd, block);
                for (int i = q; i < qEnd; i++) {
                    double[] row = best[i - q];
                    int time = first + i;
                    for (int j = r; j < rEnd; j++) {
                        double d = own[i] + squares[j] - 2.0 * block.data()[(i - q) * block.stride() + j - r];
                        if (d < row[k - 1] && Math.abs(at[j] - time) >= exclusion) {
                            insert(row, d);
                        }
                    }
                }
            }
            for (int i = q; i < qEnd; i++) {
                out[i] = mean(best[i - q]);
            }
        }
        return out;
    }

    /** The same for a single pattern, to the bit: for points that come one by one. */
    double distance(float[] pattern, int time, int exclusion, int k) {
        PatternTiles all = tiles();
        float[] dots = new float[PatternTiles.TILE];
        double own = 0;
        for (float v : pattern) {
            double wide = v;
            own += wide * wide;
        }
        double[] best = new double[k];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        for (int tile = 0; tile < all.tiles(); tile++) {
            if (all.near(tile, pattern, own, best[k - 1], dots)) {
                int from = tile * PatternTiles.TILE;
                for (int i = from; i < Math.min(at.length, from + PatternTiles.TILE); i++) {
                    double d = own + squares[i] - 2.0 * dots[i - from];
                    if (d < best[k - 1] && Math.abs(at[i] - time) >= exclusion) {
                        insert(best, d);
                    }
                }
            }
        }
        return mean(best);
    }

    /** Of the distances that were found; 0 if there is none. */
    private static double mean(double[] squared) {
        double sum = 0;
        int found = 0;
        for (double d : squared) {
            if (d < Double.POSITIVE_INFINITY) {
                sum += Math.sqrt(Math.max(0, d));
                found++;
            }
        }
        return found == 0 ? 0 : sum / found;
    }

    /** Made when a single pattern is first compared. */
    private PatternTiles tiles() {
        PatternTiles made = tiles;
        if (made == null) {
            made = new PatternTiles(references, squares);
            tiles = made;
        }
        return made;
    }

    private static void insert(double[] sorted, double value) {
        int i = sorted.length - 1;
        while (i > 0 && sorted[i - 1] > value) {
            sorted[i] = sorted[i - 1];
            i--;
        }
        sorted[i] = value;
    }

    private static double[] squares(FloatMatrix m) {
        double[] out = new double[m.rows()];
        for (int i = 0; i < out.length; i++) {
            double sum = 0;
            for (int j = 0; j < m.cols(); j++) {
                double v = m.get(i, j);
                sum += v * v;
            }
            out[i] = sum;
        }
        return out;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(references.rows());
        out.writeInt(references.cols());
        for (int i = 0; i < references.rows(); i++) {
            out.writeInt(at[i]);
            for (int j = 0; j < references.cols(); j++) {
                out.writeFloat(references.get(i, j));
            }
        }
    }

    static NearestPattern read(DataInput in) throws IOException {
        int rows = in.readInt();
        int cols = in.readInt();
        if (rows < 1 || cols < 1 || cols > 100_000 || in instanceof BoundedInput bounded && !bounded.holds(rows, 4L + 4L * cols)) {
            throw new IOException("The model file is damaged: its patterns are not there.");
        }
        FloatMatrix m = new FloatMatrix(rows, cols);
        int[] at = new int[rows];
        for (int i = 0; i < rows; i++) {
            at[i] = in.readInt();
            for (int j = 0; j < m.cols(); j++) {
                m.set(i, j, in.readFloat());
            }
        }
        return new NearestPattern(m, at);
    }
}
