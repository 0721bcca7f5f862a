package org.laudable.engine.text;

import org.laudable.engine.linear.FloatMatrix;

/** Temperature scaling (Guo et al., 2017): one number that makes probabilities honest and leaves their order alone. */
final class Temperature {

    private static final double LOG_LOW = Math.log(0.05);
    private static final double LOG_HIGH = Math.log(5);
    private static final float FLOOR = 1e-9f;

    private Temperature() {
    }

    /** The temperature in [.05, 5] with the least negative log-likelihood of the classes (golden section). */
    static float fit(FloatMatrix scores, int[] classes) {
        double ratio = (Math.sqrt(5) - 1) / 2;
        double low = LOG_LOW;
        double high = LOG_HIGH;
        while (high - low > 1e-3) {
            double left = high - ratio * (high - low);
            double right = low + ratio * (high - low);
            if (loss(scores, classes, Math.exp(left)) <= loss(scores, classes, Math.exp(right))) {
                high = right;
            } else {
                low = left;
            }
        }
        return (float) Math.exp((low + high) / 2);
    }

    /** A scaled copy: each row to the power 1 / temperature, normalised. */
    static FloatMatrix apply(FloatMatrix scores, float temperature) {
        FloatMatrix out = scores.copy();
        for (int i = 0; i < out.rows(); i++) {
            for (int j = 0; j < out.cols(); j++) {
                int at = i * out.stride() + j;
                out.data()[at] = (float) (Math.log(Math.max(out.data()[at], FLOOR)) / temperature);
            }
        }
        return out.softmaxRows();
    }

    private static double loss(FloatMatrix scores, int[] classes, double temperature) {
        FloatMatrix p = apply(scores, (float) temperature);
        double sum = 0;
        for (int i = 0; i < classes.length; i++) {
            sum -= Math.log(Math.max(p.get(i, classes[i]), 1e-12));
        }
        return sum;
    }
}
