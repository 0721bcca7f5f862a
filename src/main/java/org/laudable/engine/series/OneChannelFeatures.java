package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.laudable.engine.linear.FloatMatrix;

/** Features of a series with one channel: robust z, local levels and spreads, seasons, VAE and 1-NN errors. */
record OneChannelFeatures(Scaling scaling, Distribution values, Season day, Season week, Vae vae, NearestPattern near8,
        NearestPattern near25, boolean causal) implements FeatureModel {

    private static final int WINDOW = 25;
    private static final int VAE_STEPS = 600;
    private static final double CLIP = 10;
    private static final int MOST_REFERENCES = 12_000;

    static OneChannelFeatures fit(double[][] filled, boolean[][] seen, long[] seconds, long step, boolean[] fit, boolean causal,
            long seed, TrainingWatch watch) {
        Scaling scaling = Scaling.of(filled[0], fit);
        double[] z = map(filled[0], scaling::z);
        int[] at = points(fit, seen[0]);
        double[] sample = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            sample[i] = filled[0][at[i]];
        }
        boolean[] measured = new boolean[fit.length];
        boolean gaps = false;
        for (int t = 0; t < fit.length; t++) {
            measured[t] = fit[t] && seen[0][t];
            gaps |= !seen[0][t];
        }
        WindowShape shape = new WindowShape(WINDOW, 1, gaps);
        double[][] scaled = {map(z, Scaling::signedLog)};
        Vae vae = Vae.train(shape, FeatureModel.rows(shape, scaled, seen), at, VAE_STEPS, seed, watch);
        double[] clipped = clipped(z);
        return new OneChannelFeatures(scaling, Distribution.of(sample), Season.of(z, seconds, measured, Season.DAY, step),
                Season.of(z, seconds, measured, Season.WEEK, step), vae, near(clipped, at, 8), near(clipped, at, 25), causal);
    }

    @Override
    public Raw apply(double[][] filled, boolean[][] seen, long[] seconds, int first) {
        FeatureTable f = new FeatureTable();
        double[] z = map(filled[0], scaling::z);
        int n = z.length;
        signed(f, "z", z);
        f.score("median", map(z, Math::abs));
        f.add("rank", map(filled[0], values::quantile));
        double[] difference = new double[n];
        for (int t = 1; t < n; t++) {
            difference[t] = z[t] - z[t - 1];
        }
        signed(f, "d", difference);
        f.score("diff", map(difference, Math::abs));
        double[] severity = map(z, Math::abs);
        for (int w : new int[] {5, 25, 100}) {
            double[] level = shifted(Rolling.median(z, w - 1, 0));
            double[] residual = minus(z, level);
            double[] spread = Rolling.deviation(z, w, 0);
            signed(f, "r" + w, residual);
            f.add("s" + w, map(spread, v -> Math.log(v + .05)));
            f.add("m" + w, map(level, Scaling::signedLog));
            f.score("loc" + w, map(residual, Math::abs));
            f.score("sd" + w, spread);
            if (w == 100 && !causal) {
                f.score("sd100c", centered(spread, 50));
            }
            if (w == 25) {
                raise(severity, map(residual, Math::abs));
                raise(severity, spread);
            }
        }
        if (!causal) {
            for (int half : new int[] {5, 25, 100}) {
                int w = 2 * half + 1;
                double[] level = Rolling.median(z, half, half);
                double[] residual = minus(z, level);
                signed(f, "cr" + w, residual);
                f.score("cloc" + w, map(residual, Math::abs));
                f.add("cs" + w, map(Rolling.deviation(z, half, half), v -> Math.log(v + .05)));
                f.add("cm" + w, map(level, Scaling::signedLog));
            }
        }
        for (Season season : List.of(day, week)) {
            String name = season.period() == Season.DAY ? "day" : "week";
            double[] residual = season.residual(z, seconds);
            signed(f, "season_" + name, residual);
            f.score("season_" + name, map(residual, Math::abs));
            f.add("season_mean_" + name, map(Rolling.mean(residual, 8, 0), v -> Math.log1p(Math.abs(v))));
            raise(severity, map(residual, Math::abs));
        }
        double[][] scaled = {map(z, Scaling::signedLog)};
        Vae.Output e = vae.apply(FeatureModel.rows(vae.shape(), scaled, seen), causal);
        double[] last = doubles(e.lastError()[0]);
        f.add("vae", map(last, v -> Math.log(v + 1e-3)));
        f.add("vaew", map(e.windowError(), v -> Math.log(v + 1e-3)));
        f.score("vae", last);
        f.score("vaew", e.windowError());
        if (!causal) {
            f.add("vaec", map(e.centered(), v -> Math.log(v + 1e-3)));
            f.score("vaec", e.centered());
        }
        double[] clipped = clipped(z);
        nearest(f, "nn8", near8.distances(trailing(clipped, 8), first, 8, 1), 4);
        nearest(f, "nn25", near25.distances(trailing(clipped, 25), first, 25, 1), 12);
        float[][] values = new float[n][1];
        for (int t = 0; t < n; t++) {
            values[t][0] = (float) clipped[t];
        }
        return new Raw(f, e, values, severity);
    }

    @Override
    public FeatureModel causally() {
        return new OneChannelFeatures(scaling, values, day, week, vae, near8, near25, true);
    }

    @Override
    public double usual(int channel) {
        return scaling.median();
    }

    @Override
    public int[] channels() {
        return new int[] {0};
    }

    @Override
    public List<String> priorScores() {
        return causal ? List.of("median", "season_day", "loc100", "nn8", "sd100", "diff", "vae")
                : List.of("median", "season_day", "loc100", "nnc8", "nnc25", "sd100c", "vae");
    }

    private void nearest(FeatureTable f, String name, double[] distance, int half) {
        f.add(name, map(distance, v -> Math.log(v + .05)));
        f.score(name, distance);
        if (!causal) {
            double[] centered = centered(distance, half);
            String c = name.replace("nn", "nnc");
            f.add(c, map(centered, v -> Math.log(v + .05)));
            f.score(c, centered);
        }
    }

    /** A trailing statistic moved to the middle of its window. */
    private static double[] centered(double[] x, int half) {
        double[] out = new double[x.length];
        for (int t = 0; t < x.length; t++) {
            out[t] = x[Math.min(x.length - 1, t + half)];
        }
        return out;
    }

    private static NearestPattern near(double[] clipped, int[] at, int w) {
        int stride = Math.max(1, (at.length + MOST_REFERENCES - 1) / MOST_REFERENCES);
        int[] chosen = new int[(at.length + stride - 1) / stride];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = at[i * stride];
        }
        return new NearestPattern(trailing(clipped, w).select(chosen), chosen);
    }

    /** Windows of w points that end at each point. */
    private static FloatMatrix trailing(double[] x, int w) {
        FloatMatrix m = new FloatMatrix(x.length, w);
        for (int t = 0; t < x.length; t++) {
            for (int k = 0; k < w; k++) {
                m.set(t, k, (float) x[Math.max(0, t - w + 1 + k)]);
            }
        }
        return m;
    }

    private static void signed(FeatureTable f, String name, double[] x) {
        f.add(name, map(x, Scaling::signedLog));
        f.add("a" + name, map(x, v -> Math.log1p(Math.abs(v))));
    }

    private static void raise(double[] to, double[] by) {
        for (int t = 0; t < to.length; t++) {
            to[t] = Math.max(to[t], by[t]);
        }
    }

    private static double[] clipped(double[] z) {
        return map(z, v -> Math.clamp(v, -CLIP, CLIP));
    }

    private static double[] shifted(double[] x) {
        double[] out = new double[x.length];
        for (int t = 0; t < x.length; t++) {
            out[t] = x[Math.max(0, t - 1)];
        }
        return out;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] out = new double[a.length];
        for (int t = 0; t < a.length; t++) {
            out[t] = a[t] - b[t];
        }
        return out;
    }

    static double[] doubles(float[] x) {
        double[] out = new double[x.length];
        for (int t = 0; t < x.length; t++) {
            out[t] = x[t];
        }
        return out;
    }

    static double[] map(double[] x, DoubleUnaryOperator f) {
        double[] out = new double[x.length];
        for (int t = 0; t < x.length; t++) {
            out[t] = f.applyAsDouble(x[t]);
        }
        return out;
    }

    static int[] points(boolean[] fit, boolean[] seen) {
        int n = 0;
        int[] at = new int[fit.length];
        for (int t = 0; t < fit.length; t++) {
            if (fit[t] && seen[t]) {
                at[n++] = t;
            }
        }
        return java.util.Arrays.copyOf(at, n);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        scaling.write(out);
        values.write(out);
        day.write(out);
        week.write(out);
        SavedArrays.write(out, vae);
        near8.write(out);
        near25.write(out);
        out.writeBoolean(causal);
    }

    static OneChannelFeatures read(DataInput in) throws IOException {
        return new OneChannelFeatures(Scaling.read(in), Distribution.read(in), Season.read(in), Season.read(in),
                SavedArrays.readVae(in), NearestPattern.read(in), NearestPattern.read(in), in.readBoolean());
    }
}
