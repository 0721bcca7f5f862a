package org.laudable.engine.series;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A trained agent: values both actions in every state. */
final class Agent {

    private static final int SCORE_BATCH = 4096;

    private final LearnerSettings settings;
    private final int inputs;
    private final int features;
    private final float[] weights;

    Agent(LearnerSettings settings, int inputs, int features, float[] weights) {
        this.settings = settings;
        this.inputs = inputs;
        this.features = features;
        this.weights = weights;
    }

    /** Q(s, anomaly) − Q(s, normal) of every judged point. */
    double[] advantage(Signals signals) {
        AgentState state = AgentState.of(signals, settings);
        if (state.inputs() != inputs || state.features() != features) {
            throw new IllegalArgumentException("The agent learned from %d + %d inputs, these signals have %d + %d"
                    .formatted(inputs, features, state.inputs(), state.features()));
        }
        QNetwork network = QNetwork.of(settings.network(), settings.window(), inputs, features, false, 0);
        return Torch.exclusively(0, manager -> advantage(manager, network, weights, state, settings.window()));
    }

    int features() {
        return features;
    }

    float[] weights() {
        return weights;
    }

    int inputs() {
        return inputs;
    }

    /** This agent outside of the native library. */
    LstmForward forward() {
        return new LstmForward(weights, inputs, features);
    }

    /** The advantage of a single state, through the native library: for networks that are not recurrent. */
    double advantage(RowTrail window, float[] point) {
        float[][] rows = new float[window.length()][];
        float[][] points = new float[window.length()][];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = window.row(k);
            points[k] = point;
        }
        QNetwork network = QNetwork.of(settings.network(), settings.window(), inputs, features, false, 0);
        double[] all = Torch.exclusively(0, manager -> advantage(manager, network, weights, new AgentState(rows, points, features), settings.window()));
        return all[all.length - 1];
    }

    static double[] advantage(NDManager manager, QNetwork network, float[] weights, AgentState state, int window) {
        int n = state.rows().length;
        double[] out = new double[n];
        try (NDManager scope = manager.newSubManager()) {
            WindowRows all = new WindowRows(scope, state.rows(), window);
            NDArray points = state.points(scope);
            NDArray theta = scope.create(weights);
            for (int from = 0; from < n; from += SCORE_BATCH) {
                Torch.proceed();
                int to = Math.min(n, from + SCORE_BATCH);
                try (NDManager memory = scope.newSubManager()) {
                    NDArray index = memory.arange(from, to, 1, DataType.INT64);
                    NDArray q = network.values(memory, network.parameters().views(memory, theta), all.windows(memory, index),
                            state.features() == 0 ? points : points.get(memory, new ai.djl.ndarray.index.NDIndex("{}", index)));
                    float[] values = q.toFloatArray();
                    for (int i = 0; i < to - from; i++) {
                        out[from + i] = values[2 * i + 1] - values[2 * i];
                    }
                }
            }
        }
        return out;
    }

    /** What the agent sees: rows of the window (values, where there are gaps a mask, signals), and features of the last point. */
    record AgentState(float[][] rows, float[][] pointFeatures, int features) {

        private static final float SURPRISE = 3;

        static AgentState of(Signals signals, LearnerSettings settings) {
            int n = signals.length();
            int channels = signals.values()[0].length;
            int mask = signals.measured()[0].length;
            int d = channels + mask;
            boolean full = settings.has(Switch.STATE_SIGNALS);
            float[][] rows = new float[n][full ? d + 4 : d];
            for (int t = 0; t < n; t++) {
                for (int c = 0; c < channels; c++) {
                    rows[t][c] = mask == 0 ? signals.values()[t][c] / SURPRISE
                            : signals.values()[t][c] / SURPRISE * signals.measured()[t][c];
                }
                System.arraycopy(signals.measured()[t], 0, rows[t], channels, mask);
                if (full) {
                    rows[t][d] = settings.has(Switch.VAE) ? (float) signals.errorSurprise()[t] / SURPRISE : 0f;
                    rows[t][d + 1] = settings.has(Switch.NOVELTY) ? (float) signals.noveltySurprise()[t] / SURPRISE : 0f;
                    rows[t][d + 2] = settings.has(Switch.POTENTIAL) ? (float) signals.potential()[t] : 0f;
                    rows[t][d + 3] = (float) signals.priorSurprise()[t] / SURPRISE;
                }
            }
            return new AgentState(rows, signals.common(), full ? signals.common()[0].length : 0);
        }

        int inputs() {
            return rows[0].length;
        }

        /** [n, features] in native memory, or one number where there are none. */
        NDArray points(NDManager manager) {
            if (features == 0) {
                return manager.zeros(new Shape(1));
            }
            float[] flat = new float[pointFeatures.length * features];
            for (int t = 0; t < pointFeatures.length; t++) {
                System.arraycopy(pointFeatures[t], 0, flat, t * features, features);
            }
            return manager.create(flat, new Shape(pointFeatures.length, features));
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(inputs);
        out.writeInt(features);
        SavedArrays.write(out, weights);
    }

    static Agent read(DataInput in, LearnerSettings settings) throws IOException {
        int inputs = in.readInt();
        int features = in.readInt();
        float[] weights = SavedArrays.readFloats(in);
        boolean plausible = inputs > 0 && inputs <= weights.length && features >= 0 && features <= weights.length;
        if (!plausible || QNetwork.of(settings.network(), settings.window(), inputs, features, false, 0).parameters().size() != weights.length) {
            throw new IOException("The model file is damaged: its network has %,d weights for %d inputs and %d features.".formatted(weights.length, inputs, features));
        }
        return new Agent(settings, inputs, features, weights);
    }
}
