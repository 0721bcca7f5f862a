package org.laudable.engine.series;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is known about each of the n judged points of a series before anyone has answered. All arrays have n entries (or
 * rows), in the order of time.
 */
public final class Signals {

    /** "One in a million", as a surprise: what counts as 1. */
    private static final double MOST = 6 * Math.log(10);

    private final Described described;
    private final float[][] features;
    private final float[][] common;
    private final float[][] values;
    private final float[][] measured;
    private final float[][] latent;
    private final float[][] channelError;
    private final Map<String, double[]> scores;
    private final Prior prior;
    private final Prior withoutVae;
    private final double[] alarm;
    private final double[] errorSurprise;
    private final double[] noveltySurprise;
    private final double[] potential;
    private final boolean[] explained;

    /**
     * What the arrays are about.
     *
     * @param channels the places in the series of the channels that are looked at
     */
    record Described(String name, boolean causal, List<String> featureNames, int[] channels) {
    }

    /** The unsupervised prior u of each point, where it stands among all, and −log(1 − quantile). */
    record Prior(double[] value, double[] quantile, double[] surprise) {
    }

    Signals(Described described, float[][] features, float[][] values, float[][] measured, float[][] latent, float[][] channelError,
            Map<String, double[]> scores, Prior prior, Prior withoutVae, double[] alarm, double[] errorSurprise,
            double[] noveltySurprise, double[] potential, boolean[] explained) {
        this.described = described;
        this.features = features;
        this.common = common(described.featureNames(), features);
        this.values = values;
        this.measured = measured;
        this.latent = latent;
        this.channelError = channelError;
        this.scores = Map.copyOf(scores);
        this.prior = prior;
        this.withoutVae = withoutVae;
        this.alarm = alarm;
        this.errorSurprise = errorSurprise;
        this.noveltySurprise = noveltySurprise;
        this.potential = potential;
        this.explained = explained;
    }

    /** The same signals as a method sees them that does without the VAE: its features, its alarm and its share of the prior are gone. */
    Signals withoutVae() {
        float[][] rest = new float[features.length][];
        for (int t = 0; t < rest.length; t++) {
            rest[t] = features[t].clone();
            for (int j = 0; j < rest[t].length; j++) {
                String feature = described.featureNames().get(j);
                if (feature.startsWith("vae") || feature.equals("prior")) {
                    rest[t][j] = 0;
                }
            }
        }
        double[] none = new double[length()];
        return new Signals(described, rest, values, measured, latent, channelError, scores, withoutVae, withoutVae, none, none,
                noveltySurprise, potential, explained);
    }

    /** The same signals with another potential, in [0, 1] per point: a language model has judged windows meanwhile. */
    public Signals withPotential(double[] severity) {
        if (severity.length != length()) {
            throw new IllegalArgumentException("%d severities for %d points".formatted(severity.length, length()));
        }
        return new Signals(described, features, values, measured, latent, channelError, scores, prior, withoutVae, alarm, errorSurprise,
                noveltySurprise, severity.clone(), explained);
    }

    public int length() {
        return alarm.length;
    }

    public String name() {
        return described.name();
    }

    /** Whether nothing here looks ahead. */
    public boolean causal() {
        return described.causal();
    }

    /** Names of the features, in their columns' order; {@code z:3} is channel 3's own. */
    public List<String> featureNames() {
        return described.featureNames();
    }

    /** [n][features], standardised, within ±8. */
    public float[][] features() {
        return features;
    }

    /**
     * [n][fewer] the features without those of single channels: with a handful of answers, what one channel did says little
     * about what another will do.
     */
    float[][] common() {
        return common;
    }

    private static float[][] common(List<String> names, float[][] features) {
        int[] columns = IntStream.range(0, names.size()).filter(j -> names.get(j).indexOf(':') < 0).toArray();
        if (columns.length == names.size()) {
            return features;
        }
        float[][] rest = new float[features.length][columns.length];
        for (int t = 0; t < rest.length; t++) {
            for (int j = 0; j < columns.length; j++) {
                rest[t][j] = features[t][columns[j]];
            }
        }
        return rest;
    }

    /** [n][channels] scaled values. */
    public float[][] values() {
        return values;
    }

    /** [n][channels] 1 where a value was measured, 0 in a gap; without columns where the fitted series has no gap. */
    public float[][] measured() {
        return measured;
    }

    /** The places in the series of the channels that are looked at; those that never change are left out. */
    public int[] channels() {
        return described.channels();
    }

    /** [n][10] means of the VAE's code. */
    public float[][] latent() {
        return latent;
    }

    /** [channel][n] squared reconstruction errors of each kept channel: why the VAE alarmed. */
    public float[][] channelError() {
        return channelError;
    }

    /** Simple scores by name ({@code median}, {@code l2}, {@code pca}, {@code nn}, {@code vae} …), larger is more suspicious. */
    public Map<String, double[]> scores() {
        return scores;
    }

    /** The unsupervised prior u: mean surprise −log(1 − quantile) over complementary scores. */
    public double[] prior() {
        return prior.value();
    }

    /** Where u stands among all, in [0, 1). */
    public double[] priorQuantile() {
        return prior.quantile();
    }

    /** −log(1 − quantile) of u. */
    public double[] priorSurprise() {
        return prior.surprise();
    }

    /** e(s) ∈ [0, 1]: how improbable the VAE's reconstruction error is; 1 is one in a million. */
    public double[] alarm() {
        return alarm;
    }

    /** −log(1 − quantile) of the VAE's error. */
    public double[] errorSurprise() {
        return errorSurprise;
    }

    /** n(s), as −log(1 − quantile) of the distance to the nearest codes. */
    public double[] noveltySurprise() {
        return noveltySurprise;
    }

    /** φ(s) ∈ [0, 1]. */
    public double[] potential() {
        return potential;
    }

    /** n(s) ∈ [0, 1] for people: 1 is as far from everything else as one point in a million. */
    public double[] unusual() {
        return OneChannelFeatures.map(noveltySurprise, v -> Math.min(1, v / MOST));
    }

    /** Whether a known, harmless cause covers a point. */
    public boolean[] explained() {
        return explained;
    }
}
