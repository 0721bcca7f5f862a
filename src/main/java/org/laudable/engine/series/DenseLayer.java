package org.laudable.engine.series;

import org.laudable.engine.linear.RowProduct;

/** A dense layer outside of the native library, for one row at a time: x · Wᵀ + b. Safe for several threads. */
final class DenseLayer {

    private final int inputs;
    private final int outputs;
    /** [input][output], so that the inner loop has no sum to wait for. */
    private final float[] transposed;
    private final float[] bias;

    /** @param at where its weights begin, row by row; the bias follows */
    DenseLayer(float[] weights, int at, int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.transposed = transposed(weights, at, inputs, outputs);
        this.bias = java.util.Arrays.copyOfRange(weights, at + inputs * outputs, at + inputs * outputs + outputs);
    }

    /** Where the next layer's weights begin. */
    static int after(int at, int inputs, int outputs) {
        return at + inputs * outputs + outputs;
    }

    float[] apply(float[] x) {
        float[] y = bias.clone();
        RowProduct.add(x, inputs, transposed, outputs, y);
        return y;
    }

    float[] relu(float[] x) {
        float[] y = apply(x);
        for (int j = 0; j < y.length; j++) {
            y[j] = Math.max(0, y[j]);
        }
        return y;
    }

    static float[] transposed(float[] weights, int at, int inputs, int outputs) {
        float[] t = new float[inputs * outputs];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                t[i * outputs + o] = weights[at + o * inputs + i];
            }
        }
        return t;
    }
}
