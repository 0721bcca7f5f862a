package org.laudable.engine.text;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.laudable.engine.linear.CsrMatrix;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.linear.Lbfgs;
import org.laudable.engine.linear.MatrixProduct;
import org.laudable.engine.saved.Saved;

/**
 * Multinomial logistic regression on dense and sparse features with a fixed offset, fitted by L-BFGS. Sparse columns
 * that no training row has keep weight zero and cost nothing. Immutable once fitted.
 */
final class LogisticRegression {

    /** The bias is a feature of this value, regularised like all others. */
    private static final float BIAS = (float) Math.sqrt(0.3);

    private final FloatMatrix denseWeights;
    private final FloatMatrix sparseWeights;
    private final int[] compact;
    private final float[] bias;

    private LogisticRegression(FloatMatrix denseWeights, FloatMatrix sparseWeights, int[] compact, float[] bias) {
        this.denseWeights = denseWeights;
        this.sparseWeights = sparseWeights;
        this.compact = compact;
        this.bias = bias;
    }

    /**
     * Training rows.
     *
     * @param dense   n × d
     * @param sparse  n × any
     * @param offset  n × classes, added to the logits
     * @param classes n class indices
     * @param weights n weights of the rows
     */
    record Rows(FloatMatrix dense, CsrMatrix sparse, FloatMatrix offset, int[] classes, float[] weights) {
    }

    /** Minimises Σ weight · cross-entropy + ‖W‖² / (2C). */
    static LogisticRegression fit(Rows rows, float c, int iterations) {
        int[] compact = new int[rows.sparse().cols()];
        CsrMatrix sparse = compacted(rows.sparse(), compact);
        Loss loss = new Loss(rows, sparse, 1 / c);
        Lbfgs.Result result = new Lbfgs(8, iterations, 1e-4, 2e-7).minimize(loss, new float[loss.size()]);
        loss.read(result.x());
        return new LogisticRegression(loss.denseWeights, loss.sparseWeights, compact, loss.bias(result.x()));
    }

    /** Logits of any rows: offset + weights · features. */
    FloatMatrix logits(FloatMatrix dense, CsrMatrix sparse, FloatMatrix offset) {
        FloatMatrix z = MatrixProduct.multiply(dense, denseWeights);
        projected(sparse).addProduct(1, sparseWeights, z);
        for (int i = 0; i < z.rows(); i++) {
            int o = i * z.stride();
            for (int j = 0; j < z.cols(); j++) {
                z.data()[o + j] += bias[j] + offset.data()[o + j];
            }
        }
        return z;
    }

    /** Keeps the columns that occur; {@code compact} gets each column's new number, or -1. */
    private static CsrMatrix compacted(CsrMatrix m, int[] compact) {
        Arrays.fill(compact, -1);
        int[] column = new int[m.entries()];
        int next = 0;
        for (int e = 0; e < column.length; e++) {
            int c = m.column()[e];
            if (compact[c] < 0) {
                compact[c] = next++;
            }
            column[e] = compact[c];
        }
        return new CsrMatrix(m.rows(), Math.max(1, next), m.start(), column, Arrays.copyOf(m.value(), column.length));
    }

    void write(DataOutput out) throws IOException {
        Saved.write(out, denseWeights);
        Saved.write(out, sparseWeights);
        Saved.write(out, compact);
        Saved.write(out, bias);
    }

    /** Reads weights for features of these sizes. */
    static LogisticRegression read(DataInput in, int dense, int sparse, int classes) throws IOException {
        LogisticRegression read = new LogisticRegression(Saved.readMatrix(in), Saved.readMatrix(in), Saved.readInts(in), Saved.readFloats(in));
        boolean fits = read.denseWeights.rows() == dense && read.denseWeights.cols() == classes && read.sparseWeights.cols() == classes
                && read.compact.length == sparse && read.bias.length == classes
                && Arrays.stream(read.compact).allMatch(c -> c < read.sparseWeights.rows());
        if (!fits) {
            throw new IOException("The model file is damaged: its weights do not fit its features.");
        }
        return read;
    }

    private CsrMatrix projected(CsrMatrix m) {
        int[] start = new int[m.rows() + 1];
        int[] column = new int[m.entries()];
        float[] value = new float[column.length];
        int at = 0;
        for (int i = 0; i < m.rows(); i++) {
            for (int e = m.start()[i]; e < m.start()[i + 1]; e++) {
                int c = compact[m.column()[e]];
                if (c >= 0) {
                    column[at] = c;
                    value[at++] = m.value()[e];
                }
            }
            start[i + 1] = at;
        }
        return new CsrMatrix(m.rows(), sparseWeights.rows(), start, column, value);
    }

    /** The regularised loss over one flat vector: dense weights, sparse weights, bias, each padded row by row. */
    static final class Loss implements Lbfgs.Objective {

        private final Rows rows;
        private final CsrMatrix sparse;
        private final float lambda;
        private final FloatMatrix denseTransposed;
        private final FloatMatrix denseWeights;
        private final FloatMatrix sparseWeights;
        private final FloatMatrix sparseGradient;

        Loss(Rows rows, CsrMatrix sparse, float lambda) {
            this.rows = rows;
            this.sparse = sparse;
            this.lambda = lambda;
            int classes = rows.offset().cols();
            this.denseTransposed = rows.dense().transposed();
            this.denseWeights = new FloatMatrix(rows.dense().cols(), classes);
            this.sparseWeights = new FloatMatrix(sparse.cols(), classes);
            this.sparseGradient = new FloatMatrix(sparse.cols(), classes);
        }

        int size() {
            return denseWeights.data().length + sparseWeights.data().length + rows.offset().stride();
        }

        private void read(float[] x) {
            System.arraycopy(x, 0, denseWeights.data(), 0, denseWeights.data().length);
            System.arraycopy(x, denseWeights.data().length, sparseWeights.data(), 0, sparseWeights.data().length);
        }

        private float[] bias(float[] x) {
            float[] b = new float[rows.offset().cols()];
            for (int j = 0; j < b.length; j++) {
                b[j] = BIAS * x[x.length - rows.offset().stride() + j];
            }
            return b;
        }

        @Override
        public double evaluate(float[] x, float[] gradient) {
            read(x);
            FloatMatrix z = MatrixProduct.multiply(rows.dense(), denseWeights);
            sparse.addProduct(1, sparseWeights, z);
            float[] bias = bias(x);
            double loss = 0;
            float[] biasGradient = new float[z.stride()];
            for (int i = 0; i < z.rows(); i++) {
                loss += residuals(z, i, bias, biasGradient);
            }
            FloatMatrix g = MatrixProduct.multiply(denseTransposed, z);
            Arrays.fill(sparseGradient.data(), 0f);
            sparse.addTransposedProduct(1, z, sparseGradient);
            System.arraycopy(g.data(), 0, gradient, 0, g.data().length);
            System.arraycopy(sparseGradient.data(), 0, gradient, g.data().length, sparseGradient.data().length);
            System.arraycopy(biasGradient, 0, gradient, gradient.length - z.stride(), z.stride());
            for (int i = 0; i < x.length; i++) {
                gradient[i] += lambda * x[i];
            }
            return loss + 0.5 * lambda * MatrixProduct.dot(x, x);
        }

        /** Turns a row of logits into weight · (probabilities − one-hot) and returns its loss. */
        private double residuals(FloatMatrix z, int i, float[] bias, float[] biasGradient) {
            int o = i * z.stride();
            float[] d = z.data();
            float[] offset = rows.offset().data();
            float max = Float.NEGATIVE_INFINITY;
            for (int j = 0; j < z.cols(); j++) {
                d[o + j] += bias[j] + offset[o + j];
                max = Math.max(max, d[o + j]);
            }
            float own = d[o + rows.classes()[i]] - max;
            double sum = 0;
            for (int j = 0; j < z.cols(); j++) {
                d[o + j] = (float) Math.exp(d[o + j] - max);
                sum += d[o + j];
            }
            float scale = (float) (rows.weights()[i] / sum);
            for (int j = 0; j < z.cols(); j++) {
                d[o + j] *= scale;
            }
            d[o + rows.classes()[i]] -= rows.weights()[i];
            for (int j = 0; j < z.cols(); j++) {
                biasGradient[j] += BIAS * d[o + j];
            }
            return rows.weights()[i] * (Math.log(sum) - own);
        }
    }
}
