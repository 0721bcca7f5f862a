package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.laudable.engine.linear.FloatMatrix;

/**
 * Everything about a series that is fitted once, from values and never from labels: scales, VAE, reference patterns, and
 * where a score stands among others. Applied to a series it gives the {@link Signals} that agent and teacher learn from.
 */
public final class SignalModel {

    private static final int WINDOW = 25;
    private static final int NOVELTY_NEIGHBOURS = 5;
    private static final int NOVELTY_EXCLUSION = 25;
    private static final int NOVELTY_REFERENCES = 4_000;
    private static final double CLIP = 8;
    /** Points over which the prior of several channels is averaged; with one channel it is this share of the series. */
    private static final int SMOOTHING = 5;
    private static final double CENTERED_SHARE = 1 / 100.0;
    private static final int MOST_SMOOTHING = 1 << 22;
    private static final double TRAILING_SHARE = 1 / 150.0;

    final FeatureModel features;
    private final double[] mean;
    private final double[] deviation;
    final Map<String, Distribution> surprises;
    private final Distribution error;
    private final Distribution novelty;
    private final Distribution prior;
    private final Distribution priorWithoutVae;
    private final NearestPattern latents;
    private volatile @org.jspecify.annotations.Nullable List<String> names;
    final int smoothing;

    private SignalModel(FeatureModel features, double[] mean, double[] deviation, Map<String, Distribution> surprises,
            Distribution error, Distribution novelty, Distribution prior, Distribution priorWithoutVae, NearestPattern latents, int smoothing) {
        this.features = features;
        this.mean = mean;
        this.deviation = deviation;
        this.surprises = surprises;
        this.error = error;
        this.novelty = novelty;
        this.prior = prior;
        this.priorWithoutVae = priorWithoutVae;
        this.latents = latents;
        this.smoothing = smoothing;
    }

    /**
     * Fits on a series.
     *
     * @param fit    the points, history included, that scales, VAE and reference patterns are fitted on; where there is a
     *               history usually that alone; windows that people marked anomalous are left out by the caller
     * @param usable the judged points among which scores are ranked: all, or those that are past
     * @param causal whether features use nothing after a point (live scoring and the protocol {@code future})
     */
    public static SignalModel fit(Series series, boolean[] fit, boolean[] usable, boolean causal, long seed, TrainingWatch watch) {
        double[][] filled = FeatureModel.filled(series.values(), 0);
        boolean[][] seen = FeatureModel.seen(series.values(), 0);
        FeatureModel features = series.channels().size() == 1
                ? OneChannelFeatures.fit(filled, seen, series.seconds(), series.step(), fit, causal, seed, watch)
                : ManyChannelFeatures.fit(filled, seen, fit, causal, seed, watch);
        return ranked(features, series, usable, watch);
    }

    /**
     * The same scales, VAE and patterns with features that use nothing after a point: what a series is scored with as its
     * points come. Takes no training of the VAE.
     *
     * @param series the fitted one
     */
    public SignalModel causally(Series series, boolean[] usable, TrainingWatch watch) {
        return ranked(features.causally(), series, usable, watch);
    }

    /** Ranks the scores of features among those of the usable points. */
    private static SignalModel ranked(FeatureModel features, Series series, boolean[] usable, TrainingWatch watch) {
        watch.at(TrainingStep.of("signals", 0, 2, Double.NaN));
        FeatureModel.Raw raw = judged(features, series);
        watch.at(TrainingStep.of("signals", 1, 2, Double.NaN));
        boolean[] reference = reference(series, usable);
        Map<String, Distribution> surprises = new java.util.LinkedHashMap<>();
        for (String name : features.priorScores()) {
            surprises.put(name, Distribution.of(select(raw.table().scores().get(name), reference)));
        }
        int smoothing = smoothing(features, reference);
        addPrior(raw, surprises, features, smoothing);
        int columns = raw.table().names().size();
        double[] mean = new double[columns];
        double[] deviation = new double[columns];
        for (int j = 0; j < columns; j++) {
            double[] x = select(raw.table().column(j), reference);
            for (double v : x) {
                mean[j] += v / x.length;
            }
            for (double v : x) {
                deviation[j] += (v - mean[j]) * (v - mean[j]) / x.length;
            }
            deviation[j] = Math.sqrt(deviation[j]);
        }
        NearestPattern latents = latents(raw.vae().latent(), reference, series.history());
        Distribution error = Distribution.of(select(sum(raw.vae().lastError()), reference));
        double[] far = novelty(latents, raw.vae().latent(), series.history());
        Distribution novelty = Distribution.of(select(far, reference));
        Distribution prior = Distribution.of(select(prior(raw.table(), surprises, features, smoothing, true), reference));
        Distribution bare = Distribution.of(select(prior(raw.table(), surprises, features, smoothing, false), reference));
        watch.at(TrainingStep.of("signals", 2, 2, Double.NaN));
        return new SignalModel(features, mean, deviation, surprises, error, novelty, prior, bare, latents, smoothing);
    }

    /**
     * Which points to fit on: the history if there is one (it is taken for mostly normal), else every usable point; windows
     * that hold a point which people called anomalous are left out. For {@link #fit}, again after many anomalies were marked.
     */
    public static boolean[] fitOn(Series series, boolean[] usable, Answers answers) {
        int history = series.history();
        boolean[] fit = new boolean[series.length()];
        for (int t = 0; t < fit.length; t++) {
            fit[t] = t < history || history == 0 && usable[t - history];
        }
        for (int t = 0; t < answers.points(); t++) {
            if (answers.known(t) && answers.anomalous(t)) {
                java.util.Arrays.fill(fit, history + t, Math.min(fit.length, history + t + WINDOW), false);
            }
        }
        return fit;
    }

    /** Signals of all judged points of a series, those from {@code series.history()} on. */
    public Signals apply(Series series, Potential potential) {
        return apply(series, potential, List.of());
    }

    /**
     * Signals of all judged points of a series.
     *
     * @param explained stretches with a known, harmless cause; they count as normal
     */
    public Signals apply(Series series, Potential potential, List<Explained> explained) {
        FeatureModel.Raw raw = judged(features, series);
        addPrior(raw, surprises, features, smoothing);
        int n = series.length() - series.history();
        int columns = raw.table().names().size();
        float[][] table = new float[n][columns];
        for (int j = 0; j < columns; j++) {
            double[] x = raw.table().column(j);
            double scale = deviation[j] > 1e-9 ? deviation[j] : 1;
            for (int t = 0; t < n; t++) {
                table[t][j] = (float) Math.clamp((x[t] - mean[j]) / scale, -CLIP, CLIP);
            }
        }
        double[] last = sum(raw.vae().lastError());
        double[] far = novelty(latents, raw.vae().latent(), series.history());
        double[] alarm = new double[n];
        double[] errorSurprise = new double[n];
        double[] noveltySurprise = new double[n];
        for (int t = 0; t < n; t++) {
            alarm[t] = Math.min(1, -Math.log10(error.tail(last[t])) / 6);
            errorSurprise[t] = error.surprise(last[t]);
            noveltySurprise[t] = novelty.surprise(far[t]);
        }
        boolean[] harmless = new boolean[n];
        for (Explained one : explained) {
            java.util.Arrays.fill(harmless, Math.min(n, one.from()), Math.min(n, one.to()), true);
        }
        return new Signals(new Signals.Described(series.name(), features.causal(), List.copyOf(raw.table().names()), features.channels()),
                table, raw.values(), measured(series), raw.vae().latent(), raw.vae().lastError(), raw.table().scores(),
                ranked(prior(raw.table(), surprises, features, smoothing, true), prior),
                ranked(prior(raw.table(), surprises, features, smoothing, false), priorWithoutVae), alarm, errorSurprise, noveltySurprise,
                potential.severity(series, raw.severity(), explained), harmless);
    }

    /**
     * Signals of a single point, from its features and the prior averaged up to it.
     *
     * @param time     its number in the fitted series
     * @param measured where it has values; empty if the model knows no gaps
     */
    Signals at(PointFeatures.Said said, double priorValue, double bareValue, int time, float[] measured, Potential potential) {
        boolean one = features instanceof OneChannelFeatures;
        double[] x = one ? java.util.Arrays.copyOf(said.columns(), said.columns().length + 1) : said.columns();
        if (one) {
            x[x.length - 1] = priorValue;
        }
        float[][] table = new float[1][x.length];
        for (int j = 0; j < x.length; j++) {
            double scale = deviation[j] > 1e-9 ? deviation[j] : 1;
            table[0][j] = (float) Math.clamp((x[j] - mean[j]) / scale, -CLIP, CLIP);
        }
        float[][] errors = new float[said.vae().lastError().length][1];
        double last = 0;
        for (int c = 0; c < errors.length; c++) {
            errors[c][0] = said.vae().lastError()[c];
            last += errors[c][0];
        }
        double far = latents.distance(said.vae().latent(), time, NOVELTY_EXCLUSION, NOVELTY_NEIGHBOURS);
        double[] severity = potential.severity(new Series("live", List.of("live"), new long[1], new double[1][1], 0), new double[] {said.severity()}, List.of());
        return new Signals(new Signals.Described("live", true, names(x.length), features.channels()), table, new float[][] {said.values()},
                new float[][] {measured}, new float[][] {said.vae().latent()}, errors, Map.of(), ranked(new double[] {priorValue}, prior),
                ranked(new double[] {bareValue}, priorWithoutVae), new double[] {Math.min(1, -Math.log10(error.tail(last)) / 6)},
                new double[] {error.surprise(last)}, new double[] {novelty.surprise(far)}, severity, new boolean[1]);
    }

    /** Names of the columns; found out once, from a series of nothing. */
    private List<String> names(int columns) {
        if (names == null) {
            int channels = java.util.Arrays.stream(features.channels()).max().orElse(0) + 1;
            FeatureModel.Raw raw = features.apply(new double[channels][1], new boolean[channels][1], new long[1], 0);
            List<String> found = new java.util.ArrayList<>(raw.table().names());
            if (features instanceof OneChannelFeatures) {
                found.add("prior");
            }
            if (found.size() != columns) {
                throw new IllegalStateException("A point has %d features, the model %d".formatted(columns, found.size()));
            }
            names = List.copyOf(found);
        }
        return names;
    }

    private static Signals.Prior ranked(double[] u, Distribution among) {
        return new Signals.Prior(u, OneChannelFeatures.map(u, among::quantile), OneChannelFeatures.map(u, among::surprise));
    }

    /** Where values were measured; no columns if the model knows no gaps. */
    private float[][] measured(Series series) {
        int[] channels = features.vae().shape().masked() ? features.channels() : new int[0];
        float[][] measured = new float[series.length() - series.history()][channels.length];
        for (int t = 0; t < measured.length; t++) {
            for (int c = 0; c < channels.length; c++) {
                measured[t][c] = Double.isFinite(series.values()[channels[c]][series.history() + t]) ? 1 : 0;
            }
        }
        return measured;
    }

    /** Raw features of the judged points; the history is only looked back at. */
    private static FeatureModel.Raw judged(FeatureModel features, Series series) {
        int from = Math.max(0, series.history() - FeatureModel.LOOK_BACK);
        int skip = series.history() - from;
        FeatureModel.Raw raw = features.apply(FeatureModel.filled(series.values(), from), FeatureModel.seen(series.values(), from),
                java.util.Arrays.copyOfRange(series.seconds(), from, series.length()), from);
        if (skip == 0) {
            return raw;
        }
        float[][] errors = new float[raw.vae().lastError().length][];
        for (int c = 0; c < errors.length; c++) {
            errors[c] = java.util.Arrays.copyOfRange(raw.vae().lastError()[c], skip, raw.vae().lastError()[c].length);
        }
        int n = raw.values().length;
        Vae.Output vae = new Vae.Output(errors, FeatureTable.tail(raw.vae().windowError(), skip),
                FeatureTable.tail(raw.vae().centered(), skip), java.util.Arrays.copyOfRange(raw.vae().latent(), skip, n));
        return new FeatureModel.Raw(raw.table().from(skip), vae, java.util.Arrays.copyOfRange(raw.values(), skip, n),
                FeatureTable.tail(raw.severity(), skip));
    }

    private static boolean[] reference(Series series, boolean[] usable) {
        if (usable.length != series.length() - series.history()) {
            throw new IllegalArgumentException("%d judged points, but %d of them said to be usable or not"
                    .formatted(series.length() - series.history(), usable.length));
        }
        for (boolean u : usable) {
            if (u) {
                return usable.clone();
            }
        }
        throw new IllegalArgumentException("Scores must be ranked among at least one point");
    }

    private static NearestPattern latents(float[][] latent, boolean[] reference, int history) {
        int[] at = new int[latent.length];
        int n = 0;
        for (int t = 0; t < latent.length; t++) {
            if (reference[t]) {
                at[n++] = t;
            }
        }
        int stride = Math.max(1, (n + NOVELTY_REFERENCES - 1) / NOVELTY_REFERENCES);
        int[] chosen = new int[(n + stride - 1) / stride];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = at[i * stride];
        }
        FloatMatrix m = FloatMatrix.of(latent).select(chosen);
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] += history;
        }
        return new NearestPattern(m, chosen);
    }

    private static double[] novelty(NearestPattern latents, float[][] latent, int first) {
        return latents.distances(FloatMatrix.of(latent), first, NOVELTY_EXCLUSION, NOVELTY_NEIGHBOURS);
    }

    private static double[] prior(FeatureTable table, Map<String, Distribution> surprises, FeatureModel features, int smoothing,
            boolean vae) {
        double[] u = new double[table.column(0).length];
        List<String> names = features.priorScores().stream().filter(name -> vae || !name.startsWith("vae")).toList();
        for (String name : names) {
            double[] score = table.scores().get(name);
            Distribution d = surprises.get(name);
            for (int t = 0; t < u.length; t++) {
                u[t] += d.surprise(score[t]) / names.size();
            }
        }
        return features.causal() ? Rolling.mean(u, smoothing - 1, 0) : Rolling.mean(u, smoothing / 2, smoothing / 2);
    }

    /** How many points the prior is averaged over: the longer a series, the longer what happens in it. */
    private static int smoothing(FeatureModel features, boolean[] reference) {
        if (features instanceof ManyChannelFeatures) {
            return SMOOTHING;
        }
        int n = 0;
        for (boolean r : reference) {
            n += r ? 1 : 0;
        }
        return Math.max(1, (int) (n * (features.causal() ? TRAILING_SHARE : CENTERED_SHARE)));
    }

    /** With one channel the prior is a feature as well. */
    private static void addPrior(FeatureModel.Raw raw, Map<String, Distribution> surprises, FeatureModel features, int smoothing) {
        if (features instanceof OneChannelFeatures) {
            raw.table().add("prior", prior(raw.table(), surprises, features, smoothing, true));
        }
    }

    private static int smoothing(int points) throws IOException {
        if (points < 1 || points > MOST_SMOOTHING) {
            throw new IOException("The model file is damaged: it averages over %d points.".formatted(points));
        }
        return points;
    }

    private static double[] sum(float[][] errors) {
        double[] out = new double[errors[0].length];
        for (float[] channel : errors) {
            for (int t = 0; t < out.length; t++) {
                out[t] += channel[t];
            }
        }
        return out;
    }

    private static double[] select(double[] x, boolean[] reference) {
        int n = 0;
        double[] out = new double[x.length];
        for (int t = 0; t < x.length; t++) {
            if (reference[t]) {
                out[n++] = x[t];
            }
        }
        return java.util.Arrays.copyOf(out, n);
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(features instanceof OneChannelFeatures);
        features.write(out);
        SavedArrays.write(out, mean);
        SavedArrays.write(out, deviation);
        for (String name : features.priorScores()) {
            surprises.get(name).write(out);
        }
        error.write(out);
        novelty.write(out);
        prior.write(out);
        priorWithoutVae.write(out);
        latents.write(out);
        out.writeInt(smoothing);
    }

    static SignalModel read(DataInput in) throws IOException {
        FeatureModel features = in.readBoolean() ? OneChannelFeatures.read(in) : ManyChannelFeatures.read(in);
        double[] mean = SavedArrays.readDoubles(in);
        double[] deviation = SavedArrays.readDoubles(in);
        Map<String, Distribution> surprises = new java.util.LinkedHashMap<>();
        List<String> names = features.priorScores();
        for (String name : names) {
            surprises.put(name, Distribution.read(in));
        }
        return new SignalModel(features, mean, deviation, surprises, Distribution.read(in), Distribution.read(in),
                Distribution.read(in), Distribution.read(in), NearestPattern.read(in), smoothing(in.readInt()));
    }
}
