package org.laudable.engine.series;

import java.util.Arrays;
import org.laudable.engine.linear.RowProduct;

/** A trained {@link LstmNetwork} outside of the native library, for one state at a time. Safe for several threads. */
final class LstmForward {

    private static final int HIDDEN = 32;
    static final int GATES = 4 * HIDDEN;
    private static final int JOINED = 48;

    private final int inputs;
    private final float[] fromInput;
    private final float[] fromHidden;
    private final float[] bias = new float[GATES];
    private final DenseLayer joined;
    private final DenseLayer values;

    LstmForward(float[] weights, int inputs, int features) {
        this.inputs = inputs;
        fromInput = DenseLayer.transposed(weights, 0, inputs, GATES);
        int at = GATES * inputs;
        fromHidden = DenseLayer.transposed(weights, at, HIDDEN, GATES);
        at += GATES * HIDDEN;
        for (int g = 0; g < GATES; g++) {
            bias[g] = weights[at + g] + weights[at + GATES + g];
        }
        at += 2 * GATES;
        joined = new DenseLayer(weights, at, HIDDEN + features, JOINED);
        values = new DenseLayer(weights, DenseLayer.after(at, HIDDEN + features, JOINED), JOINED, 2);
    }

    /** What a row contributes to the gates; the same in every window it is part of. */
    float[] projected(float[] row) {
        float[] gates = bias.clone();
        RowProduct.add(row, inputs, fromInput, GATES, gates);
        return gates;
    }

    /**
     * Q(s, anomaly) − Q(s, normal).
     *
     * @param window   {@link #projected} rows
     * @param features of the last point
     */
    double advantage(RowTrail window, float[] features) {
        float[] h = new float[HIDDEN];
        float[] next = new float[HIDDEN];
        float[] cell = new float[HIDDEN];
        for (int k = 0; k < window.length(); k++) {
            RowProduct.lstm(window.row(k), fromHidden, h, cell, next);
            float[] before = h;
            h = next;
            next = before;
        }
        float[] all = Arrays.copyOf(h, HIDDEN + features.length);
        System.arraycopy(features, 0, all, HIDDEN, features.length);
        float[] q = values.apply(joined.relu(all));
        return q[1] - q[0];
    }
}
