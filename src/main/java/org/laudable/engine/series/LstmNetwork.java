package org.laudable.engine.series;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;

/** LSTM(32) over the window, joined by the last point's features → 48 → both actions (ENGINES §2.4). */
final class LstmNetwork implements QNetwork {

    private static final int HIDDEN = 32;
    private static final int JOINED = 48;
    private static final NDIndex LAST = new NDIndex(":, -1, :");

    private final Parameters parameters = new Parameters();
    private final int features;

    LstmNetwork(int inputs, int features, boolean fromZero, SplittableRandom random) {
        this.features = features;
        double limit = 1 / Math.sqrt(HIDDEN);
        parameters.add(4 * HIDDEN, inputs, limit, random);
        parameters.add(4 * HIDDEN, HIDDEN, limit, random);
        int bias = parameters.add(1, 4 * HIDDEN, limit, random);
        parameters.add(1, 4 * HIDDEN, limit, random);
        // Gates are ordered input, forget, cell, output: remembering is the default.
        Arrays.fill(parameters.initial(bias), HIDDEN, 2 * HIDDEN, 1f);
        parameters.addDense(HIDDEN + features, JOINED, random);
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
        long n = windows.getShape().get(0);
        NDList state = new NDList(memory.zeros(new Shape(1, n, HIDDEN)), memory.zeros(new Shape(1, n, HIDDEN)));
        NDList gates = new NDList(w[0], w[1], w[2], w[3]);
        NDArray h = windows.getNDArrayInternal().lstm(windows, state, gates, true, 1, 0, true, false, true).get(0).get(LAST);
        NDArray joined = features == 0 ? h : h.concat(points, 1);
        return Parameters.dense(Parameters.dense(joined, w, 4).getNDArrayInternal().relu(), w, 6);
    }
}
