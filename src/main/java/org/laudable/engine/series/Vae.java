package org.laudable.engine.series;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/**
 * The variational autoencoder of windows (Kingma and Welling, 2014; ENGINES §2.2): encoder 3 × dense 64 ReLU → μ,
 * log σ² (latent 10, clipped at ±10), decoder mirrored, loss W·D·MSE + KL. Missing values weigh nothing in the loss and
 * are announced to the encoder by a mask. Deterministic once trained: windows are reconstructed from μ.
 */
final class Vae {

    static final int LATENT = 10;
    private static final int HIDDEN = 64;
    private static final int BATCH = 256;
    private static final int SCORE_BATCH = 4096;
    private static final int CHECK_EVERY = 100;
    private static final int TELL_EVERY = 20;
    private static final int PATIENCE = 4;

    private final WindowShape shape;
    private final Parameters parameters;
    private final float[] weights;

    private Vae(WindowShape shape, Parameters parameters, float[] weights) {
        this.shape = shape;
        this.parameters = parameters;
        this.weights = weights;
    }

    /**
     * What a trained VAE says about each point.
     *
     * @param lastError   [channel][t] squared error of the window's last point
     * @param windowError [t] mean squared error over the whole window ending at t
     * @param centered    [t] error of point t averaged over all windows that contain it (uses points after t)
     * @param latent      [t][{@value #LATENT}] latent means
     */
    record Output(float[][] lastError, double[] windowError, double[] centered, float[][] latent) {
    }

    /** Rebuilds a network from saved weights. */
    static Vae of(WindowShape shape, float[] weights) {
        if (shape.length() < 1 || shape.channels() < 1 || (long) shape.length() * shape.width() * HIDDEN > weights.length) {
            throw new IllegalArgumentException("%d weights are too few for windows of %d points with %d channels".formatted(weights.length, shape.length(), shape.channels()));
        }
        Parameters parameters = layers(shape, new SplittableRandom(0));
        if (weights.length != parameters.size()) {
            throw new IllegalArgumentException("A VAE of %d weights was expected, got %d".formatted(parameters.size(), weights.length));
        }
        return new Vae(shape, parameters, weights);
    }

    float[] weights() {
        return weights;
    }

    WindowShape shape() {
        return shape;
    }

    /**
     * Trains on the windows that end at the given points. A tenth of them, evenly spaced, is held out; training stops
     * when their loss has not improved for a while and the best weights are kept.
     *
     * @param rows values and mask, one row per point
     * @param ends last points of the windows to learn from
     */
    static Vae train(WindowShape shape, float[][] rows, int[] ends, int steps, long seed, TrainingWatch watch) {
        SplittableRandom random = new SplittableRandom(seed);
        Parameters parameters = layers(shape, random);
        int[] train = new int[ends.length - ends.length / 10];
        int[] held = new int[ends.length / 10];
        for (int i = 0, t = 0, h = 0; i < ends.length; i++) {
            if (i % 10 == 9) {
                held[h++] = ends[i];
            } else {
                train[t++] = ends[i];
            }
        }
        long[] batches = new long[steps * BATCH];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = train[random.nextInt(train.length)];
        }
        long[] check = new long[Math.min(2048, held.length)];
        for (int i = 0; i < check.length; i++) {
            check[i] = held[(int) ((long) i * held.length / check.length)];
        }
        float[] weights = Torch.exclusively(seed, manager -> {
            WindowRows all = new WindowRows(manager, rows, shape.length());
            NDArray order = manager.create(batches, new Shape(steps, BATCH));
            Adam adam = new Adam(manager, parameters.initialValues(), 1e-3f, 1f, 0f);
            float[] best = parameters.initialValues();
            double bestLoss = Double.POSITIVE_INFINITY;
            int since = 0;
            for (int step = 0; step < steps && since < PATIENCE; step++) {
                int k = step;
                double loss = adam.step((memory, theta) -> {
                    NDArray x = all.windows(memory, order.get(memory, k));
                    return loss(shape, x, parameters.views(memory, theta), memory.randomNormal(new Shape(BATCH, LATENT)));
                });
                if ((step + 1) % TELL_EVERY == 0 || step + 1 == steps) {
                    watch.at(TrainingStep.of("vae", step + 1, steps, loss));
                }
                if ((step + 1) % CHECK_EVERY == 0 || step + 1 == steps) {
                    double now = check.length == 0 ? loss : heldOut(manager, shape, all, parameters, adam.values(), check);
                    since = now < bestLoss ? 0 : since + 1;
                    if (now < bestLoss) {
                        bestLoss = now;
                        best = adam.values();
                    }
                }
            }
            return best;
        });
        return new Vae(shape, parameters, weights);
    }

    /**
     * Scores every point of a series.
     *
     * @param causal whether outside of the native library, to the bit as {@link VaeForward} does point by point; the errors
     *               over windows that reach beyond a point are then missing
     */
    Output apply(float[][] rows, boolean causal) {
        if (!causal) {
            return apply(rows);
        }
        VaeForward forward = new VaeForward(shape, weights);
        RowTrail window = new RowTrail(shape.length());
        float[][] last = new float[shape.channels()][rows.length];
        double[] error = new double[rows.length];
        float[][] latent = new float[rows.length][];
        for (int t = 0; t < rows.length; t++) {
            if (t % SCORE_BATCH == 0) {
                Torch.proceed();
            }
            window.push(rows[t]);
            VaeForward.Said said = forward.apply(window);
            for (int c = 0; c < last.length; c++) {
                last[c][t] = said.lastError()[c];
            }
            error[t] = said.windowError();
            latent[t] = said.latent();
        }
        return new Output(last, error, error.clone(), latent);
    }

    /** Scores every point of a series. */
    Output apply(float[][] rows) {
        int n = rows.length;
        int channels = shape.channels();
        int length = shape.length();
        float[][] last = new float[channels][n];
        double[] window = new double[n];
        double[] sum = new double[n];
        int[] count = new int[n];
        float[][] latent = new float[n][];
        Torch.exclusively(0, manager -> {
            WindowRows all = new WindowRows(manager, rows, length);
            NDArray theta = manager.create(weights);
            for (int from = 0; from < n; from += SCORE_BATCH) {
                Torch.proceed();
                int to = Math.min(n, from + SCORE_BATCH);
                try (NDManager memory = manager.newSubManager()) {
                    NDArray[] w = parameters.views(memory, theta);
                    NDArray x = all.windows(memory, memory.arange(from, to, 1, DataType.INT64));
                    NDArray mu = encode(shape, x, w)[0];
                    float[] error = squaredError(shape, x, decode(mu, w)).toFloatArray();
                    float[] z = mu.toFloatArray();
                    for (int t = from; t < to; t++) {
                        int at = (t - from) * length * channels;
                        for (int k = 0; k < length; k++) {
                            double e = 0;
                            for (int c = 0; c < channels; c++) {
                                e += error[at + k * channels + c];
                            }
                            window[t] += e / (length * channels);
                            int point = t - length + 1 + k;
                            if (point >= 0) {
                                sum[point] += e / channels;
                                count[point]++;
                            }
                        }
                        for (int c = 0; c < channels; c++) {
                            last[c][t] = error[at + (length - 1) * channels + c];
                        }
                        latent[t] = java.util.Arrays.copyOfRange(z, (t - from) * LATENT, (t - from + 1) * LATENT);
                    }
                }
            }
            return null;
        });
        for (int t = 0; t < n; t++) {
            sum[t] /= Math.max(1, count[t]);
        }
        return new Output(last, window, sum, latent);
    }

    /** The loss of given weights on given windows with given noise; for training and for checking its gradient. */
    static NDArray loss(WindowShape shape, NDArray x, NDArray[] w, NDArray noise) {
        NDArray[] code = encode(shape, x, w);
        NDArray mu = code[0];
        NDArray logVariance = code[1];
        NDArray z = mu.add(noise.mul(logVariance.mul(.5f).exp()));
        NDArray reconstruction = squaredError(shape, x, decode(z, w)).sum().div(x.getShape().get(0));
        NDArray kl = logVariance.add(1).sub(mu.square()).sub(logVariance.exp()).sum().mul(-.5f).div(x.getShape().get(0));
        return reconstruction.add(kl);
    }

    private static double heldOut(NDManager manager, WindowShape shape, WindowRows all, Parameters parameters, float[] weights,
            long[] ends) {
        try (NDManager memory = manager.newSubManager()) {
            NDArray[] w = parameters.views(memory, memory.create(weights));
            NDArray x = all.windows(memory, memory.create(ends));
            return loss(shape, x, w, memory.zeros(new Shape(ends.length, LATENT))).getFloat();
        }
    }

    static Parameters layers(WindowShape shape, SplittableRandom random) {
        Parameters p = new Parameters();
        int inputs = shape.length() * shape.width();
        p.addDense(inputs, HIDDEN, random);
        p.addDense(HIDDEN, HIDDEN, random);
        p.addDense(HIDDEN, HIDDEN, random);
        p.addDense(HIDDEN, LATENT, random);
        p.addDense(HIDDEN, LATENT, random);
        p.addDense(LATENT, HIDDEN, random);
        p.addDense(HIDDEN, HIDDEN, random);
        p.addDense(HIDDEN, HIDDEN, random);
        p.addDense(HIDDEN, shape.length() * shape.channels(), random);
        return p;
    }

    private static NDArray[] encode(WindowShape shape, NDArray x, NDArray[] w) {
        NDArray h = x.reshape(new Shape(-1, (long) shape.length() * shape.width()));
        for (int layer = 0; layer < 3; layer++) {
            h = Parameters.dense(h, w, 2 * layer).getNDArrayInternal().relu();
        }
        return new NDArray[] {Parameters.dense(h, w, 6), Parameters.dense(h, w, 8).clip(-10, 10)};
    }

    private static NDArray decode(NDArray z, NDArray[] w) {
        NDArray h = z;
        for (int layer = 5; layer < 8; layer++) {
            h = Parameters.dense(h, w, 2 * layer).getNDArrayInternal().relu();
        }
        return Parameters.dense(h, w, 16);
    }

    /** [n, W, channels] squared errors, zero where a value is missing. */
    private static NDArray squaredError(WindowShape shape, NDArray x, NDArray reconstruction) {
        NDArray r = reconstruction.reshape(new Shape(-1, shape.length(), shape.channels()));
        if (!shape.masked()) {
            return x.sub(r).square();
        }
        NDList parts = x.split(new long[] {shape.channels()}, 2);
        return parts.get(0).sub(r).square().mul(parts.get(1));
    }
}
