package org.laudable.engine.series;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Two layers of self-attention (Vaswani et al., 2017), width 64, four heads, learned positions; the last point's row,
 * joined by its features → 48 → both actions. For context that an LSTM forgets.
 */
final class AttentionNetwork implements QNetwork {

    private static final int WIDTH = 64;
    private static final int HEADS = 4;
    private static final int LAYERS = 2;
    private static final int JOINED = 48;
    /** Matrices of one layer: query, key, value, output, two dense, each with a bias, and two normalisations. */
    private static final int PER_LAYER = 16;
    private static final NDIndex LAST = new NDIndex(":, -1, :");

    private final Parameters parameters = new Parameters();
    private final int window;
    private final int features;

    AttentionNetwork(int window, int inputs, int features, boolean fromZero, SplittableRandom random) {
        this.window = window;
        this.features = features;
        parameters.addDense(inputs, WIDTH, random);
        parameters.add(window, WIDTH, .05, random);
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int k = 0; k < 4; k++) {
                parameters.addDense(WIDTH, WIDTH, random);
            }
            parameters.addDense(WIDTH, 2 * WIDTH, random);
            parameters.addDense(2 * WIDTH, WIDTH, random);
            for (int k = 0; k < 2; k++) {
                Arrays.fill(parameters.initial(parameters.add(1, WIDTH, 0, random)), 1f);
                parameters.add(1, WIDTH, 0, random);
            }
        }
        parameters.addDense(WIDTH + features, JOINED, random);
        int last = parameters.addDense(JOINED, 2, random);
        if (fromZero) {
            Arrays.fill(parameters.initial(last), 0f);
            Arrays.fill(parameters.initial(last + 1), 0f);
        }
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public NDArray values(NDManager memory, NDArray[] w, NDArray windows, NDArray points) {
        NDArray x = Parameters.dense(windows, w, 0).add(w[2].reshape(new Shape(1, window, WIDTH)));
        for (int layer = 0; layer < LAYERS; layer++) {
            int at = 3 + layer * PER_LAYER;
            x = x.add(attend(normalized(x, w, at + 12), w, at));
            NDArray inner = Parameters.dense(normalized(x, w, at + 14), w, at + 8).getNDArrayInternal().relu();
            x = x.add(Parameters.dense(inner, w, at + 10));
        }
        NDArray h = x.get(LAST);
        NDArray joined = features == 0 ? h : h.concat(points, 1);
        int head = 3 + LAYERS * PER_LAYER;
        return Parameters.dense(Parameters.dense(joined, w, head).getNDArrayInternal().relu(), w, head + 2);
    }

    private NDArray attend(NDArray x, NDArray[] w, int at) {
        NDArray query = heads(Parameters.dense(x, w, at));
        NDArray key = heads(Parameters.dense(x, w, at + 2));
        NDArray value = heads(Parameters.dense(x, w, at + 4));
        NDArray share = query.matMul(key.transpose(0, 1, 3, 2)).mul((float) (1 / Math.sqrt(WIDTH / (double) HEADS))).softmax(-1);
        NDArray mixed = share.matMul(value).transpose(0, 2, 1, 3).reshape(new Shape(-1, window, WIDTH));
        return Parameters.dense(mixed, w, at + 6);
    }

    private NDArray heads(NDArray x) {
        return x.reshape(new Shape(-1, window, HEADS, WIDTH / HEADS)).transpose(0, 2, 1, 3);
    }

    private static NDArray normalized(NDArray x, NDArray[] w, int at) {
        NDArray centered = x.sub(x.mean(new int[] {-1}, true));
        NDArray scale = centered.square().mean(new int[] {-1}, true).add(1e-5f).sqrt();
        return centered.div(scale).mul(w[at]).add(w[at + 1]);
    }
}
