package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** {@link OneChannelFeatures} point by point. */
final class OneChannelPoint implements PointFeatures {

    private static final int LONGEST = 100;
    private static final int SEASONAL = 9;
    private static final double CLIP = 10;

    private final OneChannelFeatures fitted;
    private final VaeForward vae;
    private final RowTrail rows;
    private final Trail z = new Trail(LONGEST + 1);
    private final Trail day = new Trail(SEASONAL);
    private final Trail week = new Trail(SEASONAL);

    OneChannelPoint(OneChannelFeatures fitted) {
        this.fitted = fitted;
        this.vae = new VaeForward(fitted.vae().shape(), fitted.vae().weights());
        this.rows = new RowTrail(fitted.vae().shape().length());
    }

    @Override
    public Said push(double[] filled, boolean[] seen, long second, int time) {
        double now = fitted.scaling().z(filled[0]);
        double difference = z.isEmpty() ? 0 : now - z.back(0);
        z.push(now);
        Columns f = new Columns(31);
        f.signed(now);
        f.add(fitted.values().quantile(filled[0]));
        f.signed(difference);
        double severity = Math.abs(now);
        double local = 0;
        double spread100 = 0;
        for (int w : new int[] {5, 25, LONGEST}) {
            double level = z.median(w, 1);
            double residual = now - level;
            double spread = z.deviation(w + 1);
            f.signed(residual);
            f.add(Math.log(spread + .05));
            f.add(Scaling.signedLog(level));
            if (w == 25) {
                severity = Math.max(severity, Math.max(Math.abs(residual), spread));
            }
            local = Math.abs(residual);
            spread100 = spread;
        }
        double[] seasonal = new double[2];
        for (int s = 0; s < 2; s++) {
            Season season = s == 0 ? fitted.day() : fitted.week();
            Trail trail = s == 0 ? day : week;
            seasonal[s] = season.residual(new double[] {now}, new long[] {second})[0];
            trail.push(seasonal[s]);
            f.signed(seasonal[s]);
            f.add(Math.log1p(Math.abs(trail.mean(SEASONAL))));
            severity = Math.max(severity, Math.abs(seasonal[s]));
        }
        rows.push(FeatureModel.rows(fitted.vae().shape(), new double[][] {{Scaling.signedLog(now)}}, new boolean[][] {{seen[0]}})[0]);
        VaeForward.Said said = vae.apply(rows);
        f.add(Math.log(said.lastError()[0] + 1e-3));
        f.add(Math.log(said.windowError() + 1e-3));
        double near8 = fitted.near8().distance(trailing(8), time, 8, 1);
        f.add(Math.log(near8 + .05));
        f.add(Math.log(fitted.near25().distance(trailing(25), time, 25, 1) + .05));
        double[] scores = {Math.abs(now), Math.abs(seasonal[0]), local, near8, spread100, Math.abs(difference), said.lastError()[0]};
        return new Said(f.all(), scores, said, new float[] {(float) Math.clamp(now, -CLIP, CLIP)}, severity);
    }

    private float[] trailing(int w) {
        float[] window = new float[w];
        for (int k = 0; k < w; k++) {
            window[k] = (float) Math.clamp(z.back(w - 1 - k), -CLIP, CLIP);
        }
        return window;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        for (Trail one : List.of(z, day, week)) {
            one.write(out);
        }
        rows.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        for (Trail one : List.of(z, day, week)) {
            one.read(in);
        }
        rows.read(in, fitted.vae().shape().width());
    }

    /** Columns of one point, in the order they come. */
    static final class Columns {
        private double[] values;
        private int size;

        Columns(int expected) {
            values = new double[expected];
        }

        void add(double value) {
            if (size == values.length) {
                values = java.util.Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        void signed(double value) {
            add(Scaling.signedLog(value));
            add(Math.log1p(Math.abs(value)));
        }

        double[] all() {
            return java.util.Arrays.copyOf(values, size);
        }
    }
}
