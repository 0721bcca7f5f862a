package org.laudable.engine.linear;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A single row through a small network, with SIMD: what {@link MatrixProduct} is to many rows. Sums stay in registers and
 * are taken in the order of the inputs.
 */
public final class RowProduct {

    private static final VectorSpecies<Float> SPECIES = MatrixProduct.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    /** Added to a small number it leaves its nearest whole number in the lowest bits. */
    private static final float ROUNDING = 12_582_912f;
    private static final float MOST = 87;
    private static final int MANTISSA = 23;

    private RowProduct() {
    }

    /**
     * {@code y += x · W}.
     *
     * @param w [input][output], one input's weights after the other's
     */
    public static void add(float[] x, int inputs, float[] w, int outputs, float[] y) {
        int o = 0;
        for (; o + 4 * LANES <= outputs; o += 4 * LANES) {
            FloatVector a = FloatVector.fromArray(SPECIES, y, o);
            FloatVector b = FloatVector.fromArray(SPECIES, y, o + LANES);
            FloatVector c = FloatVector.fromArray(SPECIES, y, o + 2 * LANES);
            FloatVector d = FloatVector.fromArray(SPECIES, y, o + 3 * LANES);
            for (int i = 0, at = o; i < inputs; i++, at += outputs) {
                FloatVector v = FloatVector.broadcast(SPECIES, x[i]);
                a = v.fma(FloatVector.fromArray(SPECIES, w, at), a);
                b = v.fma(FloatVector.fromArray(SPECIES, w, at + LANES), b);
                c = v.fma(FloatVector.fromArray(SPECIES, w, at + 2 * LANES), c);
                d = v.fma(FloatVector.fromArray(SPECIES, w, at + 3 * LANES), d);
            }
            a.intoArray(y, o);
            b.intoArray(y, o + LANES);
            c.intoArray(y, o + 2 * LANES);
            d.intoArray(y, o + 3 * LANES);
        }
        for (; o + LANES <= outputs; o += LANES) {
            FloatVector a = FloatVector.fromArray(SPECIES, y, o);
            for (int i = 0, at = o; i < inputs; i++, at += outputs) {
                a = FloatVector.broadcast(SPECIES, x[i]).fma(FloatVector.fromArray(SPECIES, w, at), a);
            }
            a.intoArray(y, o);
        }
        for (; o < outputs; o++) {
            float sum = y[o];
            for (int i = 0; i < inputs; i++) {
                sum = Math.fma(x[i], w[i * outputs + o], sum);
            }
            y[o] = sum;
        }
    }

    /**
     * One step of an LSTM whose hidden size is a multiple of the machine's vectors (32 is, everywhere).
     *
     * @param gates what input and bias give, in the order input, forget, cell, output
     * @param w     [hidden][gate]
     * @param h     hidden state before the step
     * @param cell  its memory; changed
     * @param next  takes the hidden state after it
     */
    public static void lstm(float[] gates, float[] w, float[] h, float[] cell, float[] next) {
        int hidden = h.length;
        for (int o = 0; o < hidden; o += LANES) {
            FloatVector input = FloatVector.fromArray(SPECIES, gates, o);
            FloatVector forget = FloatVector.fromArray(SPECIES, gates, hidden + o);
            FloatVector fresh = FloatVector.fromArray(SPECIES, gates, 2 * hidden + o);
            FloatVector output = FloatVector.fromArray(SPECIES, gates, 3 * hidden + o);
            for (int i = 0, at = o; i < hidden; i++, at += 4 * hidden) {
                FloatVector v = FloatVector.broadcast(SPECIES, h[i]);
                input = v.fma(FloatVector.fromArray(SPECIES, w, at), input);
                forget = v.fma(FloatVector.fromArray(SPECIES, w, at + hidden), forget);
                fresh = v.fma(FloatVector.fromArray(SPECIES, w, at + 2 * hidden), fresh);
                output = v.fma(FloatVector.fromArray(SPECIES, w, at + 3 * hidden), output);
            }
            FloatVector kept = sigmoid(forget).mul(FloatVector.fromArray(SPECIES, cell, o)).add(sigmoid(input).mul(tanh(fresh)));
            kept.intoArray(cell, o);
            sigmoid(output).mul(tanh(kept)).intoArray(next, o);
        }
    }

    private static FloatVector sigmoid(FloatVector x) {
        return FloatVector.broadcast(SPECIES, 1f).div(exp(x.neg()).add(1f));
    }

    private static FloatVector tanh(FloatVector x) {
        return FloatVector.broadcast(SPECIES, 1f).sub(FloatVector.broadcast(SPECIES, 2f).div(exp(x.add(x)).add(1f)));
    }

    /** eˣ to about 1e-7 of itself, as in Moshier's Cephes library: a power of two times a polynomial of what is left. */
    private static FloatVector exp(FloatVector any) {
        FloatVector x = any.max(-MOST).min(MOST);
        FloatVector rounded = x.mul(LOG2_E).add(ROUNDING);
        FloatVector n = rounded.sub(ROUNDING);
        FloatVector r = x.sub(n.mul(LN2_HIGH)).sub(n.mul(LN2_LOW));
        FloatVector p = r.mul(1.9875691500e-4f).add(1.3981999507e-3f).mul(r).add(8.3334519073e-3f).mul(r).add(4.1665795894e-2f).mul(r)
                .add(1.6666665459e-1f).mul(r).add(5.0000001201e-1f);
        FloatVector e = p.mul(r).mul(r).add(r).add(1f);
        IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA);
        return e.reinterpretAsInts().add(power).reinterpretAsFloats();
    }
}
