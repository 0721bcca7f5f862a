package org.laudable.engine.linear;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dense products with SIMD. The right factor is packed into panels of {@value #PANEL} columns that stay in the cache,
 * and four rows are multiplied at a time. Single-threaded; each element is summed in the order of the inner index.
 */
public final class MatrixProduct {

    static final VectorSpecies<Float> SPECIES =
            FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int PANEL = 16;
    private static final int DEPTH = 512;

    private MatrixProduct() {
    }

    /** {@code a · b}, for a of n × k and b of k × m. */
    public static FloatMatrix multiply(FloatMatrix a, FloatMatrix b) {
        require(a.cols() == b.rows(), a, b);
        FloatMatrix out = new FloatMatrix(a.rows(), b.cols());
        float[] panel = new float[Math.min(DEPTH, a.cols()) * PANEL];
        for (int j = 0; j < b.cols(); j += PANEL) {
            for (int k = 0; k < a.cols(); k += DEPTH) {
                int depth = Math.min(DEPTH, a.cols() - k);
                for (int p = 0; p < depth; p++) {
                    System.arraycopy(b.data(), (k + p) * b.stride() + j, panel, p * PANEL, PANEL);
                }
                accumulate(a, 0, a.rows(), k, depth, panel, out, j);
            }
        }
        return out;
    }

    /** {@code a · bᵀ}, for a of n × k and b of m × k: all dot products of rows. */
    public static FloatMatrix multiplyTransposed(FloatMatrix a, FloatMatrix b) {
        require(a.cols() == b.cols(), a, b);
        FloatMatrix out = new FloatMatrix(a.rows(), Math.max(1, b.rows()));
        multiplyTransposed(a, 0, a.rows(), b, 0, b.rows(), out);
        return out;
    }

    /**
     * Dot products of the rows {@code [aFrom, aTo)} of a with the rows {@code [bFrom, bTo)} of b, written to the top
     * left of {@code out}, which must be large enough; what was there is overwritten.
     */
    public static void multiplyTransposed(FloatMatrix a, int aFrom, int aTo, FloatMatrix b, int bFrom, int bTo,
            FloatMatrix out) {
        int inner = a.cols();
        float[] panel = new float[Math.min(DEPTH, inner) * PANEL];
        for (int i = 0; i < aTo - aFrom; i++) {
            Arrays.fill(out.data(), i * out.stride(), (i + 1) * out.stride(), 0f);
        }
        for (int j = 0; j < bTo - bFrom; j += PANEL) {
            int width = Math.min(PANEL, bTo - bFrom - j);
            for (int k = 0; k < inner; k += DEPTH) {
                int depth = Math.min(DEPTH, inner - k);
                for (int c = 0; c < PANEL; c++) {
                    int source = (bFrom + j + c) * b.stride() + k;
                    for (int p = 0; p < depth; p++) {
                        panel[p * PANEL + c] = c < width ? b.data()[source + p] : 0f;
                    }
                }
                accumulate(a, aFrom, aTo, k, depth, panel, out, j);
            }
        }
    }

    /** The dot product of two vectors of equal length, summed in double precision. */
    public static double dot(float[] a, float[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            s0 += (double) a[i] * b[i];
            s1 += (double) a[i + 1] * b[i + 1];
            s2 += (double) a[i + 2] * b[i + 2];
            s3 += (double) a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += (double) a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /**
     * The dot product of a row of one matrix with a row of another, for searches that need many single ones. Summed
     * lane by lane in a fixed order, so equal on equal machines; the last bit may differ where vectors are narrower.
     *
     * @param scratch at least 16 floats that belong to the calling thread
     */
    public static float dot(FloatMatrix a, int rowA, FloatMatrix b, int rowB, float[] scratch) {
        int from = rowA * a.stride();
        int to = rowB * b.stride();
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int j = 0; j < a.stride(); j += LANES) {
            sum = FloatVector.fromArray(SPECIES, a.data(), from + j)
                    .fma(FloatVector.fromArray(SPECIES, b.data(), to + j), sum);
        }
        sum.intoArray(scratch, 0);
        float total = 0;
        for (int lane = 0; lane < LANES; lane++) {
            total += scratch[lane];
        }
        return total;
    }

    private static void require(boolean fits, FloatMatrix a, FloatMatrix b) {
        if (!fits) {
            throw new IllegalArgumentException("Cannot multiply %d x %d with %d x %d"
                    .formatted(a.rows(), a.cols(), b.rows(), b.cols()));
        }
    }

    /** Adds a's rows times one packed panel to the panel's columns of out. */
    private static void accumulate(FloatMatrix a, int from, int to, int k, int depth, float[] panel, FloatMatrix out, int column) {
        for (int lane = 0; lane < PANEL; lane += LANES) {
            int i = from;
            for (; i + 3 < to; i += 4) {
                fourRows(a.data(), i * a.stride() + k, a.stride(), depth, panel, lane,
                        out.data(), (i - from) * out.stride() + column + lane, out.stride());
            }
            for (; i < to; i++) {
                oneRow(a.data(), i * a.stride() + k, depth, panel, lane, out.data(), (i - from) * out.stride() + column + lane);
            }
        }
    }

    private static void fourRows(float[] a, int at, int stride, int depth, float[] panel, int lane, float[] out, int to, int outStride) {
        FloatVector r0 = FloatVector.fromArray(SPECIES, out, to);
        FloatVector r1 = FloatVector.fromArray(SPECIES, out, to + outStride);
        FloatVector r2 = FloatVector.fromArray(SPECIES, out, to + 2 * outStride);
        FloatVector r3 = FloatVector.fromArray(SPECIES, out, to + 3 * outStride);
        for (int p = 0; p < depth; p++) {
            FloatVector b = FloatVector.fromArray(SPECIES, panel, p * PANEL + lane);
            r0 = b.fma(FloatVector.broadcast(SPECIES, a[at + p]), r0);
            r1 = b.fma(FloatVector.broadcast(SPECIES, a[at + stride + p]), r1);
            r2 = b.fma(FloatVector.broadcast(SPECIES, a[at + 2 * stride + p]), r2);
            r3 = b.fma(FloatVector.broadcast(SPECIES, a[at + 3 * stride + p]), r3);
        }
        r0.intoArray(out, to);
        r1.intoArray(out, to + outStride);
        r2.intoArray(out, to + 2 * outStride);
        r3.intoArray(out, to + 3 * outStride);
    }

    private static void oneRow(float[] a, int at, int depth, float[] panel, int lane, float[] out, int to) {
        FloatVector r = FloatVector.fromArray(SPECIES, out, to);
        for (int p = 0; p < depth; p++) {
            r = FloatVector.fromArray(SPECIES, panel, p * PANEL + lane).fma(FloatVector.broadcast(SPECIES, a[at + p]), r);
        }
        r.intoArray(out, to);
    }
}
