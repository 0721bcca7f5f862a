package org.laudable.engine.series;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;

/** A network that values both actions in a state: [n, W, inputs] windows and [n, features] of the last point → [n, 2]. */
sealed interface QNetwork permits LstmNetwork, AttentionNetwork {

    Parameters parameters();

    /**
     * Q(s, normal), Q(s, anomaly).
     *
     * @param weights  the parameters as views
     * @param windows  [n, W, inputs]
     * @param features [n, features]; not looked at where the network has none
     */
    NDArray values(NDManager memory, NDArray[] weights, NDArray windows, NDArray features);

    /** Builds the network; with {@code fromZero} its last layer starts at zero. */
    static QNetwork of(Network kind, int window, int inputs, int features, boolean fromZero, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return switch (kind) {
            case LSTM -> new LstmNetwork(inputs, features, fromZero, random);
            case ATTENTION -> new AttentionNetwork(window, inputs, features, fromZero, random);
        };
    }
}
