package org.laudable.engine.series;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Scores one series point by point with a trained, causal bundle (ENGINES §2.11): the same numbers as
 * {@link SeriesModel#scores} on the same points, from a memory of O(W·D) that never grows and can be put away and taken
 * up again. It trains nothing, waits for no training, and is for one thread at a time; the bundle may be shared.
 *
 * <p>The potential is the statistical one, and nothing is explained away: what people or language models say of a moment
 * comes after it.
 */
public final class OnlineScorer {

    private static final int STATE = 1;

    private final Bundle bundle;
    private final double anchor;
    private final double threshold;
    private final Potential potential = Potential.statistical();
    private final PointFeatures features;
    private final Trail prior;
    private final Trail priorWithoutVae;
    private final double[] last;
    private final RowTrail states;
    private final LstmForward lstm;
    private final int vaeScore;
    private long points;
    private int time;

    /**
     * @param bundle    of a model fitted causally
     * @param anchor    the score from which the usual costs flag; 0 where nothing was learned from answers
     * @param threshold probability from which a point is an anomaly: {@link OperatingPoint#forMissCost}
     * @param time      the number of the first point pushed, in the fitted series; points of another series, or after the
     *                  fitted one's end, are far from all its patterns: {@link #ELSEWHERE}
     */
    public OnlineScorer(Bundle bundle, double anchor, double threshold, int time) {
        SignalModel signals = bundle.signals();
        if (!signals.features.causal()) {
            throw new IllegalArgumentException("This model looks ahead of the point it judges; fit it causally to score point by point.");
        }
        if (bundle.model().start().isPresent()) {
            throw new IllegalArgumentException("This model speaks through another one, which does not score point by point.");
        }
        this.bundle = bundle;
        this.anchor = anchor;
        this.threshold = threshold;
        this.time = time;
        this.features = switch (signals.features) {
            case OneChannelFeatures one -> new OneChannelPoint(one);
            case ManyChannelFeatures many -> new ManyChannelPoint(many);
        };
        this.prior = new Trail(signals.smoothing);
        this.priorWithoutVae = new Trail(signals.smoothing);
        this.last = new double[1 + Arrays.stream(signals.features.channels()).max().orElse(0)];
        Arrays.fill(last, Double.NaN);
        this.states = new RowTrail(bundle.model().settings().window());
        this.lstm = bundle.model().agent().filter(agent -> bundle.model().settings().network() == Network.LSTM).map(Agent::forward).orElse(null);
        this.vaeScore = signals.features.priorScores().indexOf("vae");
    }

    /** A first point's number that lies beyond every fitted series. */
    public static final int ELSEWHERE = 1 << 30;

    /**
     * What is said of a point.
     *
     * @param score       the model's, in [0, 1]
     * @param probability of an anomaly, on the scale that costs are weighed on
     * @param alarm       e(s), what the VAE says, in [0, 1]
     * @param potential   φ(s), in [0, 1]
     * @param unusual     n(s), in [0, 1]
     * @param channel     the one that the VAE foretells worst
     */
    public record Verdict(double score, double probability, boolean anomaly, double alarm, double potential, double unusual, int channel) {
    }

    /** How many points before the first judged one all features have settled after. */
    public int settlesAfter() {
        return FeatureModel.LOOK_BACK + Math.max(prior.length(), states.length());
    }

    /** How many values a point must have at least. */
    public int channels() {
        return last.length;
    }

    /** Points pushed so far. */
    public long points() {
        return points;
    }

    /** Takes a point of the past that is only looked back at, as a series' history is. */
    public void warm(long second, double[] values) {
        take(second, values);
    }

    /**
     * Judges the next point.
     *
     * @param second epoch seconds, not before the point pushed last
     * @param values one per channel of the fitted series; NaN where there is none
     */
    public Verdict push(long second, double[] values) {
        PointFeatures.Said said = take(second, values);
        SignalModel model = bundle.signals();
        double[] surprise = new double[said.scores().length];
        for (int i = 0; i < surprise.length; i++) {
            surprise[i] = model.surprises.get(model.features.priorScores().get(i)).surprise(said.scores()[i]);
        }
        prior.push(mean(surprise, -1));
        priorWithoutVae.push(mean(surprise, vaeScore));
        Signals one = model.at(said, prior.mean(prior.length()), priorWithoutVae.mean(prior.length()), time - 1, measured(values), potential);
        Signals seen = bundle.model().settings().has(Switch.VAE) ? one : one.withoutVae();
        SeriesModel.Scores scores = bundle.model().learned() ? bundle.model().scores(seen, new double[] {advantage(seen)}) : bundle.model().scores(one);
        double probability = OperatingPoint.atUsualCosts(scores.score()[0], anchor);
        return new Verdict(scores.score()[0], probability, probability >= threshold, one.alarm()[0], one.potential()[0], one.unusual()[0], loudest(said.vae().lastError()));
    }

    private int loudest(float[] error) {
        int most = 0;
        for (int k = 1; k < error.length; k++) {
            most = error[k] > error[most] ? k : most;
        }
        return bundle.signals().features.channels()[most];
    }

    private PointFeatures.Said take(long second, double[] values) {
        if (values.length < last.length) {
            throw new IllegalArgumentException("A point of %d values, but the model looks at channel %d".formatted(values.length, last.length));
        }
        double[] filled = new double[last.length];
        boolean[] seen = new boolean[last.length];
        for (int c = 0; c < filled.length; c++) {
            seen[c] = Double.isFinite(values[c]);
            last[c] = seen[c] ? values[c] : last[c];
            filled[c] = Double.isNaN(last[c]) ? bundle.signals().features.usual(c) : last[c];
        }
        points++;
        return features.push(filled, seen, second, time++);
    }

    private float[] measured(double[] values) {
        SignalModel model = bundle.signals();
        int[] channels = model.features.vae().shape().masked() ? model.features.channels() : new int[0];
        float[] measured = new float[channels.length];
        for (int c = 0; c < channels.length; c++) {
            measured[c] = Double.isFinite(values[channels[c]]) ? 1 : 0;
        }
        return measured;
    }

    /** The mean surprise, one score left out. */
    private static double mean(double[] surprise, int without) {
        int n = surprise.length - (without < 0 ? 0 : 1);
        double u = 0;
        for (int i = 0; i < surprise.length; i++) {
            u += i == without ? 0 : surprise[i] / n;
        }
        return u;
    }

    private double advantage(Signals seen) {
        Agent.AgentState state = Agent.AgentState.of(seen, bundle.model().settings());
        float[] point = state.features() == 0 ? new float[0] : state.pointFeatures()[0];
        if (lstm != null) {
            states.push(lstm.projected(state.rows()[0]));
            return lstm.advantage(states, point);
        }
        states.push(state.rows()[0]);
        return bundle.model().agent().orElseThrow().advantage(states, point);
    }

    /** All it remembers: enough to go on elsewhere as if nothing had happened. */
    public byte[] state() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(STATE);
            out.writeLong(points);
            out.writeInt(time);
            for (double v : last) {
                out.writeDouble(v);
            }
            features.write(out);
            prior.write(out);
            priorWithoutVae.write(out);
            states.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Goes on where another scorer of the same bundle was.
     *
     * @throws IllegalArgumentException if the state is of another bundle
     */
    public void restore(byte[] state) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            if (in.readInt() != STATE) {
                throw new IOException("This is no state of a scorer.");
            }
            points = in.readLong();
            time = in.readInt();
            for (int c = 0; c < last.length; c++) {
                last[c] = in.readDouble();
            }
            features.read(in);
            prior.read(in);
            priorWithoutVae.read(in);
            states.read(in, lstm == null ? bundle.model().agent().map(Agent::inputs).orElse(0) : LstmForward.GATES);
            if (in.read() >= 0) {
                throw new IOException("There is more than a state.");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("The state does not belong to this model: " + e.getMessage(), e);
        }
    }
}
