package org.laudable.engine.linear;

import java.util.Arrays;

/**
 * A dense matrix of floats, row after row in one array. Rows are padded with zeros to {@link #stride()}, a multiple of
 * {@value #PAD}, so that SIMD loops have no tails; the padding must stay zero.
 */
public final class FloatMatrix {

    static final int PAD = 16;

    private final int rows;
    private final int cols;
    private final int stride;
    private final float[] data;

    /** A matrix of zeros. */
    public FloatMatrix(int rows, int cols) {
        if (rows < 0 || cols < 1) {
            throw new IllegalArgumentException("A matrix needs rows >= 0 and cols >= 1, got %d x %d".formatted(rows, cols));
        }
        this.rows = rows;
        this.cols = cols;
        this.stride = (cols + PAD - 1) / PAD * PAD;
        this.data = new float[Math.multiplyExact(rows, stride)];
    }

    /** A copy of rows of equal length. */
    public static FloatMatrix of(float[][] rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("A matrix made from rows needs at least one row");
        }
        FloatMatrix m = new FloatMatrix(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            m.setRow(i, rows[i]);
        }
        return m;
    }

    public int rows() {
        return rows;
    }

    public int cols() {
        return cols;
    }

    /** Floats from the start of one row to the start of the next. */
    public int stride() {
        return stride;
    }

    /** The backing array itself, {@code rows × stride}; for inner loops of the engines. */
    public float[] data() {
        return data;
    }

    public float get(int row, int col) {
        return data[row * stride + col];
    }

    public void set(int row, int col, float value) {
        data[row * stride + col] = value;
    }

    /** A copy of one row, without padding. */
    public float[] row(int row) {
        return Arrays.copyOfRange(data, row * stride, row * stride + cols);
    }

    public void setRow(int row, float[] values) {
        if (values.length != cols) {
            throw new IllegalArgumentException("Row %d has %d values, %d expected".formatted(row, values.length, cols));
        }
        System.arraycopy(values, 0, data, row * stride, cols);
    }

    public FloatMatrix copy() {
        FloatMatrix m = new FloatMatrix(rows, cols);
        System.arraycopy(data, 0, m.data, 0, data.length);
        return m;
    }

    /** The given rows, in that order. */
    public FloatMatrix select(int[] indices) {
        FloatMatrix m = new FloatMatrix(indices.length, cols);
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(data, indices[i] * stride, m.data, i * stride, stride);
        }
        return m;
    }

    public FloatMatrix transposed() {
        FloatMatrix t = new FloatMatrix(cols, rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                t.data[j * t.stride + i] = data[i * stride + j];
            }
        }
        return t;
    }

    /** The mean of each column; zeros for a matrix without rows. */
    public float[] columnMeans() {
        double[] sum = new double[cols];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                sum[j] += data[i * stride + j];
            }
        }
        float[] mean = new float[cols];
        for (int j = 0; j < cols && rows > 0; j++) {
            mean[j] = (float) (sum[j] / rows);
        }
        return mean;
    }

    /** Index of the largest value of a row; the first one of equals. */
    public int argMax(int row) {
        int best = 0;
        for (int j = 1; j < cols; j++) {
            if (data[row * stride + j] > data[row * stride + best]) {
                best = j;
            }
        }
        return best;
    }

    /** {@link #argMax(int)} of every row. */
    public int[] argMax() {
        int[] best = new int[rows];
        Arrays.setAll(best, this::argMax);
        return best;
    }

    /** Turns each row of logits into probabilities, in place. */
    public FloatMatrix softmaxRows() {
        for (int i = 0; i < rows; i++) {
            int o = i * stride;
            float max = Float.NEGATIVE_INFINITY;
            for (int j = 0; j < cols; j++) {
                max = Math.max(max, data[o + j]);
            }
            double sum = 0;
            for (int j = 0; j < cols; j++) {
                data[o + j] = (float) Math.exp(data[o + j] - max);
                sum += data[o + j];
            }
            for (int j = 0; j < cols; j++) {
                data[o + j] /= (float) sum;
            }
        }
        return this;
    }

    /** Divides each row by its sum, in place; rows that sum to nothing become uniform. */
    public FloatMatrix normalizeRows() {
        for (int i = 0; i < rows; i++) {
            int o = i * stride;
            double sum = 0;
            for (int j = 0; j < cols; j++) {
                sum += data[o + j];
            }
            for (int j = 0; j < cols; j++) {
                data[o + j] = sum > 1e-12 ? (float) (data[o + j] / sum) : 1f / cols;
            }
        }
        return this;
    }

    /** Subtracts {@code mean} from each row and scales the rest to length 1, in place; a zero row stays zero. */
    public FloatMatrix centerAndNormalize(float[] mean) {
        for (int i = 0; i < rows; i++) {
            int o = i * stride;
            double norm = 0;
            for (int j = 0; j < cols; j++) {
                data[o + j] -= mean[j];
                norm += (double) data[o + j] * data[o + j];
            }
            float scale = (float) (1 / Math.max(Math.sqrt(norm), 1e-9));
            for (int j = 0; j < cols; j++) {
                data[o + j] *= scale;
            }
        }
        return this;
    }
}
