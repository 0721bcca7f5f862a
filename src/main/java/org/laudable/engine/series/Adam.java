package org.laudable.engine.series;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BiFunction;

/** Adam (Kingma and Ba, 2015) on one flat array of weights, with the gradient's norm clipped. */
final class Adam {

    private static final float BETA1 = .9f;
    private static final float BETA2 = .999f;
    private static final float EPSILON = 1e-8f;

    private final NDManager manager;
    private final NDArray weights;
    private final ByteBuffer buffer;
    private final float[] values;
    private final float[] mean;
    private final float[] square;
    private final float rate;
    private final float clip;
    private final float decay;
    private int steps;

    /**
     * @param rate  learning rate
     * @param clip  largest norm of a gradient
     * @param decay L2 penalty added to the gradient
     */
    Adam(NDManager manager, float[] start, float rate, float clip, float decay) {
        this.manager = manager;
        this.values = start.clone();
        this.mean = new float[start.length];
        this.square = new float[start.length];
        this.rate = rate;
        this.clip = clip;
        this.decay = decay;
        this.weights = manager.create(start);
        this.weights.setRequiresGradient(true);
        this.buffer = ByteBuffer.allocateDirect(start.length * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    /** One step down the loss; returns the loss before it. */
    double step(BiFunction<NDManager, NDArray, NDArray> loss) {
        Torch.proceed();
        float[] gradient;
        double value;
        try (NDManager memory = manager.newSubManager()) {
            try (GradientCollector collector = Torch.gradients()) {
                NDArray l = loss.apply(memory, weights);
                value = l.getFloat();
                collector.backward(l);
            }
            try (NDArray g = weights.getGradient()) {
                gradient = g.toFloatArray();
                g.subi(g);
            }
        }
        update(gradient);
        return value;
    }

    /** The weights now. */
    float[] values() {
        return values.clone();
    }

    private void update(float[] gradient) {
        double norm = 0;
        for (float g : gradient) {
            norm += (double) g * g;
        }
        norm = Math.sqrt(norm);
        if (!Double.isFinite(norm)) {
            return;
        }
        float scale = norm > clip ? (float) (clip / norm) : 1f;
        steps++;
        float step = (float) (rate * Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps)));
        for (int i = 0; i < values.length; i++) {
            float g = gradient[i] * scale + decay * values[i];
            mean[i] = BETA1 * mean[i] + (1 - BETA1) * g;
            square[i] = BETA2 * square[i] + (1 - BETA2) * g * g;
            values[i] -= step * mean[i] / ((float) Math.sqrt(square[i]) + EPSILON);
        }
        buffer.clear();
        buffer.asFloatBuffer().put(values);
        weights.set(buffer);
    }
}
