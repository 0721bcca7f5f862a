package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.saved.BoundedInput;

/** Features of a series with several channels: norms of z, errors of PCA, VAE and 1-NN with local means, and each channel's own. */
record ManyChannelFeatures(Scaling[] scaling, int[] kept, double[] middle, Scaling distance, PrincipalSubspace subspace, Vae vae,
        NearestPattern near, boolean causal) implements FeatureModel {

    private static final int WINDOW = 25;
    private static final int VAE_STEPS = 1500;
    private static final double CLIP = 10;
    private static final int MOST_REFERENCES = 12_000;

    /**
     * Fits on the marked points. A channel that never changes in the whole series is left out; one that is only constant
     * in the fitted part stays, for its first change is news.
     */
    static ManyChannelFeatures fit(double[][] filled, boolean[][] seen, boolean[] fit, boolean causal, long seed,
            TrainingWatch watch) {
        int n = fit.length;
        Scaling[] all = new Scaling[filled.length];
        int[] kept = new int[filled.length];
        int d = 0;
        for (int c = 0; c < filled.length; c++) {
            double[] measured = filled[c].clone();
            for (int t = 0; t < n; t++) {
                measured[t] = seen[c][t] ? measured[t] : Double.NaN;
            }
            all[c] = Scaling.of(measured, fit);
            if (!all[c].constant() || causal || varies(measured)) {
                kept[d++] = c;
            }
        }
        kept = d == 0 ? new int[] {0} : Arrays.copyOf(kept, d);
        Scaling[] scaling = new Scaling[kept.length];
        boolean gaps = false;
        for (int k = 0; k < kept.length; k++) {
            scaling[k] = all[kept[k]];
            for (int t = 0; t < n; t++) {
                gaps |= !seen[kept[k]][t];
            }
        }
        double[][] unit = units(scaling, kept, filled);
        int[] at = OneChannelFeatures.points(fit, anySeen(seen));
        double[] middle = new double[kept.length];
        for (int k = 0; k < kept.length; k++) {
            double[] x = new double[at.length];
            for (int i = 0; i < at.length; i++) {
                x[i] = unit[at[i]][k];
            }
            Arrays.sort(x);
            middle[k] = Scaling.percentile(x, .5);
        }
        boolean[] fitted = new boolean[n];
        for (int t : at) {
            fitted[t] = true;
        }
        Scaling distance = Scaling.of(distances(unit, middle), fitted);
        double[][] sample = new double[(at.length + 2) / 3][];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = unit[at[i * 3]];
        }
        int stride = Math.max(2, (at.length + MOST_REFERENCES - 1) / MOST_REFERENCES);
        int[] references = new int[(at.length + stride - 1) / stride];
        FloatMatrix patterns = new FloatMatrix(references.length, kept.length);
        for (int i = 0; i < references.length; i++) {
            references[i] = at[i * stride];
            for (int k = 0; k < kept.length; k++) {
                patterns.set(i, k, (float) unit[references[i]][k]);
            }
        }
        WindowShape shape = new WindowShape(WINDOW, kept.length, gaps);
        Vae vae = Vae.train(shape, FeatureModel.rows(shape, stretched(unit), select(seen, kept)), at, VAE_STEPS, seed, watch);
        return new ManyChannelFeatures(scaling, kept, middle, distance, PrincipalSubspace.of(sample), vae,
                new NearestPattern(patterns, references), causal);
    }

    @Override
    public Raw apply(double[][] filled, boolean[][] seen, long[] seconds, int first) {
        int n = seconds.length;
        int d = kept.length;
        FeatureTable f = new FeatureTable();
        double[][] z = new double[d][n];
        double[][] l = new double[d][n];
        for (int k = 0; k < d; k++) {
            for (int t = 0; t < n; t++) {
                z[k][t] = Math.clamp(scaling[k].z(filled[kept[k]][t]), -CLIP, CLIP);
                l[k][t] = Scaling.signedLog(z[k][t]);
            }
        }
        norms(f, z, l, n);
        double[][] unit = units(scaling, kept, filled);
        double[] pca = new double[n];
        double[] median = distances(unit, middle);
        double[][] residual = new double[d][n];
        FloatMatrix patterns = new FloatMatrix(n, d);
        for (int t = 0; t < n; t++) {
            double[] rest = subspace.residual(unit[t]);
            for (int k = 0; k < d; k++) {
                residual[k][t] = rest[k];
                pca[t] += rest[k] * rest[k];
                patterns.set(t, k, (float) unit[t][k]);
            }
            pca[t] = Math.sqrt(pca[t]);
        }
        double[] nearest = near.distances(patterns, first, WINDOW, 1);
        Vae.Output e = vae.apply(FeatureModel.rows(vae.shape(), stretched(unit), select(seen, kept)), causal);
        double[] error = new double[n];
        double[] largest = new double[n];
        for (int t = 0; t < n; t++) {
            for (int k = 0; k < d; k++) {
                error[t] += e.lastError()[k][t];
                largest[t] = Math.max(largest[t], e.lastError()[k][t]);
            }
        }
        scored(f, "pca", pca, 1e-3);
        scored(f, "nn", nearest, 1e-2);
        scored(f, "median", median, 1e-2);
        scored(f, "vae", error, 1e-2);
        scored(f, "vaew", e.windowError(), 1e-4);
        f.add("vae_top", map(largest, v -> Math.log(v + 1e-3)));
        local(f, l, n);
        smooth(f, "pca", map(pca, v -> Math.log(v + 1e-3)));
        smooth(f, "nn", map(nearest, v -> Math.log(v + 1e-2)));
        smooth(f, "median", map(median, v -> Math.log(v + 1e-2)));
        smooth(f, "vae", map(error, v -> Math.log(v + 1e-2)));
        for (int k = 0; k < d; k++) {
            f.add("z:" + kept[k], l[k]);
            f.add("pca:" + kept[k], map(residual[k], v -> Scaling.signedLog(20 * v)));
            f.add("vae:" + kept[k], map(OneChannelFeatures.doubles(e.lastError()[k]), v -> Math.log(v + 1e-2)));
        }
        float[][] values = new float[n][d];
        for (int t = 0; t < n; t++) {
            for (int k = 0; k < d; k++) {
                values[t][k] = (float) l[k][t];
            }
        }
        return new Raw(f, e, values, map(median, v -> Math.max(0, distance.z(v))));
    }

    @Override
    public FeatureModel causally() {
        return new ManyChannelFeatures(scaling, kept, middle, distance, subspace, vae, near, true);
    }

    @Override
    public double usual(int channel) {
        for (int k = 0; k < kept.length; k++) {
            if (kept[k] == channel) {
                return scaling[k].median();
            }
        }
        return 0;
    }

    @Override
    public int[] channels() {
        return kept;
    }

    @Override
    public List<String> priorScores() {
        return List.of("nn", "pca", "vae");
    }

    private static void norms(FeatureTable f, double[][] z, double[][] l, int n) {
        int d = l.length;
        double[] l2 = new double[n];
        double[] top1 = new double[n];
        double[] top3 = new double[n];
        double[] top8 = new double[n];
        double[] count = new double[n];
        double[] sorted = new double[d];
        for (int t = 0; t < n; t++) {
            for (int k = 0; k < d; k++) {
                sorted[k] = Math.abs(l[k][t]);
                l2[t] += sorted[k] * sorted[k];
                count[t] += Math.abs(z[k][t]) > 3 ? 1 : 0;
            }
            Arrays.sort(sorted);
            l2[t] = Math.sqrt(l2[t]);
            top1[t] = top(sorted, 1);
            top3[t] = top(sorted, 3);
            top8[t] = top(sorted, 8);
        }
        f.score("l2", l2);
        f.add("l2", map(l2, v -> Math.log(v + .05)));
        f.add("top1", top1);
        f.add("top3", top3);
        f.add("top8", top8);
        f.add("count3", map(count, Math::log1p));
    }

    /** Local level and spread shifts over channels. */
    private static void local(FeatureTable f, double[][] l, int n) {
        int d = l.length;
        for (int w : new int[] {5, 25, 100}) {
            double[] shift = new double[n];
            double[] most = new double[n];
            double[] spread = new double[n];
            double[] level = new double[n];
            for (double[] channel : l) {
                double[] mean = Rolling.mean(channel, w - 1, 0);
                double[] deviation = Rolling.deviation(channel, w - 1, 0);
                for (int t = 0; t < n; t++) {
                    double r = Math.abs(channel[t] - mean[Math.max(0, t - 1)]);
                    shift[t] += r / d;
                    most[t] = Math.max(most[t], r);
                    spread[t] += deviation[t] / d;
                    level[t] += mean[t] * mean[t];
                }
            }
            f.add("r" + w, map(shift, v -> Math.log(v + 1e-2)));
            f.add("rm" + w, most);
            f.add("s" + w, map(spread, v -> Math.log(v + 1e-2)));
            f.add("m" + w, map(level, Math::sqrt));
            f.score("loc" + w, shift);
            f.score("sd" + w, spread);
        }
    }

    /** Distance of each row to the middle of the fitted ones. */
    private static double[] distances(double[][] unit, double[] middle) {
        double[] out = new double[unit.length];
        for (int t = 0; t < out.length; t++) {
            for (int k = 0; k < middle.length; k++) {
                out[t] += (unit[t][k] - middle[k]) * (unit[t][k] - middle[k]);
            }
            out[t] = Math.sqrt(out[t]);
        }
        return out;
    }

    private void smooth(FeatureTable f, String name, double[] x) {
        for (int w : new int[] {10, 50}) {
            f.add(name + "_t" + w, Rolling.mean(x, w - 1, 0));
        }
        if (!causal) {
            for (int half : new int[] {5, 25}) {
                f.add(name + "_c" + (2 * half + 1), Rolling.mean(x, half, half));
            }
            f.add(name + "_x15", Rolling.max(x, 7, 7));
        }
    }

    private static void scored(FeatureTable f, String name, double[] x, double floor) {
        f.score(name, x);
        f.add(name, map(x, v -> Math.log(v + floor)));
    }

    static double top(double[] sorted, int k) {
        int n = Math.min(k, sorted.length);
        double sum = 0;
        for (int i = 1; i <= n; i++) {
            sum += sorted[sorted.length - i];
        }
        return sum / n;
    }

    /** [t][channel] centred min-max units. */
    private static double[][] units(Scaling[] scaling, int[] kept, double[][] filled) {
        int n = filled[0].length;
        double[][] out = new double[n][kept.length];
        for (int k = 0; k < kept.length; k++) {
            for (int t = 0; t < n; t++) {
                out[t][k] = scaling[k].unit(filled[kept[k]][t]);
            }
        }
        return out;
    }

    /** [channel][t] units × 3. */
    private static double[][] stretched(double[][] unit) {
        double[][] out = new double[unit[0].length][unit.length];
        for (int t = 0; t < unit.length; t++) {
            for (int k = 0; k < out.length; k++) {
                out[k][t] = 3 * unit[t][k];
            }
        }
        return out;
    }

    private static boolean[][] select(boolean[][] seen, int[] kept) {
        boolean[][] out = new boolean[kept.length][];
        for (int k = 0; k < kept.length; k++) {
            out[k] = seen[kept[k]];
        }
        return out;
    }

    private static boolean[] anySeen(boolean[][] seen) {
        boolean[] out = new boolean[seen[0].length];
        for (boolean[] channel : seen) {
            for (int t = 0; t < out.length; t++) {
                out[t] |= channel[t];
            }
        }
        return out;
    }

    private static boolean varies(double[] x) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double v : x) {
            if (Double.isFinite(v)) {
                min = Math.min(min, v);
                max = Math.max(max, v);
            }
        }
        return max > min;
    }

    private static double[] map(double[] x, DoubleUnaryOperator f) {
        return OneChannelFeatures.map(x, f);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeInt(kept.length);
        for (int k = 0; k < kept.length; k++) {
            out.writeInt(kept[k]);
            scaling[k].write(out);
            out.writeDouble(middle[k]);
        }
        distance.write(out);
        subspace.write(out);
        SavedArrays.write(out, vae);
        near.write(out);
        out.writeBoolean(causal);
    }

    /** No series has more channels. */
    private static int channel(int number) throws IOException {
        if (number < 0 || number >= 100_000) {
            throw new IOException("The model file is damaged: it looks at channel %d.".formatted(number));
        }
        return number;
    }

    static ManyChannelFeatures read(DataInput in) throws IOException {
        int d = BoundedInput.length(in, 61);
        Scaling[] scaling = new Scaling[d];
        int[] kept = new int[d];
        double[] middle = new double[d];
        for (int k = 0; k < d; k++) {
            kept[k] = channel(in.readInt());
            scaling[k] = Scaling.read(in);
            middle[k] = in.readDouble();
        }
        return new ManyChannelFeatures(scaling, kept, middle, Scaling.read(in), PrincipalSubspace.read(in), SavedArrays.readVae(in),
                NearestPattern.read(in), in.readBoolean());
    }
}
