package org.laudable.engine.series;

/**
 * A trained {@link Vae} outside of the native library, for one window at a time: no turn to wait for while something is
 * trained, and the same numbers whether a series comes whole or point by point. Safe for several threads.
 */
final class VaeForward {

    private static final int HIDDEN = 64;

    private final WindowShape shape;
    private final DenseLayer[] encoder = new DenseLayer[4];
    private final DenseLayer[] decoder = new DenseLayer[4];

    VaeForward(WindowShape shape, float[] weights) {
        this.shape = shape;
        int at = 0;
        int inputs = shape.length() * shape.width();
        for (int layer = 0; layer < 3; layer++) {
            encoder[layer] = new DenseLayer(weights, at, inputs, HIDDEN);
            at = DenseLayer.after(at, inputs, HIDDEN);
            inputs = HIDDEN;
        }
        encoder[3] = new DenseLayer(weights, at, HIDDEN, Vae.LATENT);
        at = DenseLayer.after(DenseLayer.after(at, HIDDEN, Vae.LATENT), HIDDEN, Vae.LATENT); // the variance is for training
        inputs = Vae.LATENT;
        for (int layer = 0; layer < 4; layer++) {
            int outputs = layer < 3 ? HIDDEN : shape.length() * shape.channels();
            decoder[layer] = new DenseLayer(weights, at, inputs, outputs);
            at = DenseLayer.after(at, inputs, outputs);
            inputs = HIDDEN;
        }
    }

    /** What it says of the newest point of a window. */
    record Said(float[] lastError, double windowError, float[] latent) {
    }

    Said apply(RowTrail window) {
        int width = shape.width();
        int channels = shape.channels();
        float[] x = new float[shape.length() * width];
        for (int k = 0; k < shape.length(); k++) {
            System.arraycopy(window.row(k), 0, x, k * width, width);
        }
        float[] latent = encoder[3].apply(encoder[2].relu(encoder[1].relu(encoder[0].relu(x))));
        float[] back = decoder[3].apply(decoder[2].relu(decoder[1].relu(decoder[0].relu(latent))));
        float[] last = new float[channels];
        double all = 0;
        for (int k = 0; k < shape.length(); k++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                float difference = x[k * width + c] - back[k * channels + c];
                float error = difference * difference;
                error = shape.masked() ? error * x[k * width + channels + c] : error;
                sum += error;
                last[c] = error; // the last point's stays
            }
            all += sum / (shape.length() * channels);
        }
        return new Said(last, all, latent);
    }
}
