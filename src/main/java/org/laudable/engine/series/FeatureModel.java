package org.laudable.engine.series;

import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Turns a series into features and simple scores (ENGINES §2.3b). Fitted once on values, then applied to any points that
 * follow; the causal kind of a point's features uses nothing after it.
 */
sealed interface FeatureModel permits OneChannelFeatures, ManyChannelFeatures {

    /** Points before the judged ones that features look back at. */
    int LOOK_BACK = 300;

    /**
     * Features of every point.
     *
     * @param table    columns and scores
     * @param vae      what the VAE says
     * @param values   [t][channel] scaled values, the agent's view of the series
     * @param severity [t] a statistical severity in robust deviations, what the statistical potential squashes
     */
    record Raw(FeatureTable table, Vae.Output vae, float[][] values, double[] severity) {
    }

    /**
     * @param filled [channel][t] values without gaps
     * @param seen   [channel][t] whether a value was measured
     * @param first  the first point's number in the fitted series
     */
    Raw apply(double[][] filled, boolean[][] seen, long[] seconds, int first);

    /** Names of the scores whose surprises are averaged to the unsupervised prior. */
    List<String> priorScores();

    boolean causal();

    /** The same with features that use nothing after a point. */
    FeatureModel causally();

    /** What a channel of the series usually shows: stands in before its first value. */
    double usual(int channel);

    /** The places in the series of the channels that are looked at. */
    int[] channels();

    Vae vae();

    void write(DataOutput out) throws IOException;

    /** Values with each gap filled by the last value before it (or the first after it). */
    static double[][] filled(double[][] values, int from) {
        double[][] out = new double[values.length][];
        for (int c = 0; c < values.length; c++) {
            double[] x = java.util.Arrays.copyOfRange(values[c], from, values[c].length);
            double last = Double.NaN;
            for (double v : x) {
                if (Double.isFinite(v)) {
                    last = v;
                    break;
                }
            }
            last = Double.isNaN(last) ? 0 : last;
            for (int t = 0; t < x.length; t++) {
                last = Double.isFinite(x[t]) ? x[t] : last;
                x[t] = last;
            }
            out[c] = x;
        }
        return out;
    }

    static boolean[][] seen(double[][] values, int from) {
        boolean[][] out = new boolean[values.length][values[0].length - from];
        for (int c = 0; c < values.length; c++) {
            for (int t = from; t < values[c].length; t++) {
                out[c][t - from] = Double.isFinite(values[c][t]);
            }
        }
        return out;
    }

    /** Rows for the VAE: values, and where the shape is masked, zeros for what is missing and the mask. */
    static float[][] rows(WindowShape shape, double[][] scaled, boolean[][] seen) {
        int n = scaled[0].length;
        int d = shape.channels();
        float[][] rows = new float[n][shape.width()];
        for (int t = 0; t < n; t++) {
            for (int c = 0; c < d; c++) {
                boolean here = !shape.masked() || seen[c][t];
                rows[t][c] = here ? (float) scaled[c][t] : 0f;
                if (shape.masked()) {
                    rows[t][d + c] = here ? 1f : 0f;
                }
            }
        }
        return rows;
    }
}
