package org.laudable.engine.series;

import java.util.List;
import java.util.Map;

/**
 * What is known about each of the n judged points of a series before anyone has answered. All arrays have n entries (or
 * rows), in the order of time.
 */
public final class Signals {

    private final String name;
    private final boolean causal;
    private final List<String> featureNames;
    private final float[][] features;
    private final float[][] values;
    private final float[][] latent;
    private final float[][] channelError;
    private final Map<String, double[]> scores;
    private final double[] prior;
    private final double[] priorQuantile;
    private final double[] priorSurprise;
    private final double[] alarm;
    private final double[] errorSurprise;
    private final double[] noveltySurprise;
    private final double[] potential;

    Signals(String name, boolean causal, List<String> featureNames, float[][] features, float[][] values, float[][] latent,
            float[][] channelError, Map<String, double[]> scores, double[] prior, double[] priorQuantile, double[] priorSurprise,
            double[] alarm, double[] errorSurprise, double[] noveltySurprise, double[] potential) {
        this.name = name;
        this.causal = causal;
        this.featureNames = List.copyOf(featureNames);
        this.features = features;
        this.values = values;
        this.latent = latent;
        this.channelError = channelError;
        this.scores = Map.copyOf(scores);
        this.prior = prior;
        this.priorQuantile = priorQuantile;
        this.priorSurprise = priorSurprise;
        this.alarm = alarm;
        this.errorSurprise = errorSurprise;
        this.noveltySurprise = noveltySurprise;
        this.potential = potential;
    }

    /** The same signals as a method sees them that does without the VAE: its features and its alarm are zero. */
    Signals withoutVae() {
        float[][] rest = new float[features.length][];
        for (int t = 0; t < rest.length; t++) {
            rest[t] = features[t].clone();
            for (int j = 0; j < rest[t].length; j++) {
                if (featureNames.get(j).startsWith("vae")) {
                    rest[t][j] = 0;
                }
            }
        }
        double[] none = new double[prior.length];
        return new Signals(name, causal, featureNames, rest, values, latent, channelError, scores, prior, priorQuantile,
                priorSurprise, none, none, noveltySurprise, potential);
    }

    public int length() {
        return prior.length;
    }

    public String name() {
        return name;
    }

    /** Whether nothing here looks ahead. */
    public boolean causal() {
        return causal;
    }

    /** Names of the features, in their columns' order; {@code z:3} is channel 3's own. */
    public List<String> featureNames() {
        return featureNames;
    }

    /** [n][features], standardised, within ±8. */
    public float[][] features() {
        return features;
    }

    /** [n][channels] scaled values. */
    public float[][] values() {
        return values;
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
        return prior;
    }

    /** Where u stands among all, in [0, 1). */
    public double[] priorQuantile() {
        return priorQuantile;
    }

    /** −log(1 − quantile) of u. */
    public double[] priorSurprise() {
        return priorSurprise;
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
}
