package org.laudable.engine.linear;

import java.util.Arrays;

/**
 * A sparse matrix in compressed rows: the entries of row i are at {@code start[i] .. start[i + 1]} of {@code column}
 * and {@code value}. The arrays are shared, not copied; treat them as read-only.
 */
public record CsrMatrix(int rows, int cols, int[] start, int[] column, float[] value) {

    public CsrMatrix {
        if (start.length != rows + 1 || start[rows] > column.length || column.length != value.length) {
            throw new IllegalArgumentException("Row starts, columns and values do not fit together");
        }
    }

    /** Number of stored entries. */
    public int entries() {
        return start[rows];
    }

    /** {@code out = this · x}; x and out have as many values as the matrix has columns and rows. */
    public void multiply(float[] x, float[] out) {
        for (int i = 0; i < rows; i++) {
            float sum = 0;
            for (int e = start[i]; e < start[i + 1]; e++) {
                sum += value[e] * x[column[e]];
            }
            out[i] = sum;
        }
    }

    /** {@code out = scale · this · x}, overwriting out. x has as many rows as this has columns. */
    public void multiply(float scale, FloatMatrix x, FloatMatrix out) {
        float[] to = out.data();
        Arrays.fill(to, 0, rows * out.stride(), 0f);
        addProduct(scale, x, out);
    }

    /** {@code out += scale · this · x}. */
    public void addProduct(float scale, FloatMatrix x, FloatMatrix out) {
        int width = out.stride();
        float[] from = x.data();
        float[] to = out.data();
        for (int i = 0; i < rows; i++) {
            int o = i * width;
            for (int e = start[i]; e < start[i + 1]; e++) {
                axpy(scale * value[e], from, column[e] * width, to, o, width);
            }
        }
    }

    /** {@code out += scale · thisᵀ · x}. x has as many rows as this. */
    public void addTransposedProduct(float scale, FloatMatrix x, FloatMatrix out) {
        int width = out.stride();
        for (int i = 0; i < rows; i++) {
            for (int e = start[i]; e < start[i + 1]; e++) {
                axpy(scale * value[e], x.data(), i * width, out.data(), column[e] * width, width);
            }
        }
    }

    /** The given rows, in that order, all columns kept. */
    public CsrMatrix select(int[] indices) {
        int[] s = new int[indices.length + 1];
        for (int i = 0; i < indices.length; i++) {
            s[i + 1] = s[i] + start[indices[i] + 1] - start[indices[i]];
        }
        int[] c = new int[s[indices.length]];
        float[] v = new float[c.length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(column, start[indices[i]], c, s[i], s[i + 1] - s[i]);
            System.arraycopy(value, start[indices[i]], v, s[i], s[i + 1] - s[i]);
        }
        return new CsrMatrix(indices.length, cols, s, c, v);
    }

    /** These rows, then the other's; both must have the same columns. */
    public CsrMatrix append(CsrMatrix other) {
        if (other.cols != cols) {
            throw new IllegalArgumentException("Cannot append rows of %d columns to rows of %d".formatted(other.cols, cols));
        }
        int[] s = Arrays.copyOf(start, rows + other.rows + 1);
        for (int i = 0; i < other.rows; i++) {
            s[rows + i + 1] = s[rows + i] + other.start[i + 1] - other.start[i];
        }
        int[] c = Arrays.copyOf(column, entries() + other.entries());
        float[] v = Arrays.copyOf(value, c.length);
        System.arraycopy(other.column, 0, c, entries(), other.entries());
        System.arraycopy(other.value, 0, v, entries(), other.entries());
        return new CsrMatrix(rows + other.rows, cols, s, c, v);
    }

    private static void axpy(float a, float[] x, int xAt, float[] y, int yAt, int n) {
        for (int j = 0; j < n; j++) {
            y[yAt + j] = Math.fma(a, x[xAt + j], y[yAt + j]);
        }
    }
}
