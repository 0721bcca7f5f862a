package org.laudable.engine.series;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The simple scores every method must beat (ENGINES §2.9), larger is more suspicious. */
public final class BaselineScores {

    private static final int WINDOW = 25;

    private BaselineScores() {
    }

    /**
     * random, median distance, L2, PCA error, 1-NN, isolation forest, VAE error and the unsupervised prior. With one
     * channel L2, PCA and the forest look at windows of 25 points.
     *
     * @param usable points that may be fitted on
     */
    public static Map<String, double[]> of(Signals signals, boolean[] usable, long seed) {
        int n = signals.length();
        float[][] rows = rows(signals);
        int[] fit = java.util.stream.IntStream.range(0, n).filter(t -> usable[t]).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        double[] any = new double[n];
        double[] l2 = new double[n];
        for (int t = 0; t < n; t++) {
            any[t] = random.nextDouble();
            for (float v : rows[t]) {
                l2[t] += (double) v * v;
            }
        }
        IsolationForest forest = IsolationForest.grow(rows, fit, seed);
        double[] isolated = new double[n];
        for (int t = 0; t < n; t++) {
            isolated[t] = forest.score(rows[t]);
        }
        Map<String, double[]> all = new LinkedHashMap<>();
        all.put("random", any);
        all.put("median", signals.scores().get("median"));
        all.put("l2", l2);
        all.put("pca", signals.scores().containsKey("pca") ? signals.scores().get("pca") : pca(rows, fit));
        all.put("1-nn", signals.scores().containsKey("nn") ? signals.scores().get("nn") : signals.scores().get("nn25"));
        all.put("isolation-forest", isolated);
        all.put("vae", signals.scores().get("vae"));
        all.put("prior", signals.prior());
        return all;
    }

    private static double[] pca(float[][] rows, int[] fit) {
        int d = rows[0].length;
        double[] mean = new double[d];
        for (int t : fit) {
            for (int j = 0; j < d; j++) {
                mean[j] += (double) rows[t][j] / fit.length;
            }
        }
        double[][] centered = new double[rows.length][d];
        for (int t = 0; t < rows.length; t++) {
            for (int j = 0; j < d; j++) {
                centered[t][j] = rows[t][j] - mean[j];
            }
        }
        double[][] sample = new double[fit.length][];
        for (int i = 0; i < fit.length; i++) {
            sample[i] = centered[fit[i]];
        }
        PrincipalSubspace subspace = PrincipalSubspace.of(sample);
        double[] out = new double[rows.length];
        for (int t = 0; t < rows.length; t++) {
            for (double v : subspace.residual(centered[t])) {
                out[t] += v * v;
            }
            out[t] = Math.sqrt(out[t]);
        }
        return out;
    }

    private static float[][] rows(Signals signals) {
        float[][] values = signals.values();
        if (values[0].length > 1) {
            return values;
        }
        float[][] rows = new float[values.length][WINDOW];
        for (int t = 0; t < rows.length; t++) {
            for (int k = 0; k < WINDOW; k++) {
                rows[t][k] = values[Math.max(0, t - WINDOW + 1 + k)][0];
            }
        }
        return rows;
    }
}
