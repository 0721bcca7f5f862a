package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** {@link ManyChannelFeatures} point by point. */
final class ManyChannelPoint implements PointFeatures {

    private static final int WINDOW = 25;
    private static final double CLIP = 10;
    private static final int[] LOCAL = {5, 25, 100};
    private static final int[] SMOOTH = {10, 50};

    private final ManyChannelFeatures fitted;
    private final int[] kept;
    private final VaeForward vae;
    private final RowTrail rows;
    private final Trail[] channels;
    private final Trail[] smoothed = new Trail[4];

    ManyChannelPoint(ManyChannelFeatures fitted) {
        this.fitted = fitted;
        this.kept = fitted.channels();
        this.vae = new VaeForward(fitted.vae().shape(), fitted.vae().weights());
        this.rows = new RowTrail(fitted.vae().shape().length());
        this.channels = new Trail[kept.length];
        Arrays.setAll(channels, k -> new Trail(LOCAL[LOCAL.length - 1] + 1));
        Arrays.setAll(smoothed, k -> new Trail(SMOOTH[SMOOTH.length - 1]));
    }

    @Override
    public Said push(double[] filled, boolean[] seen, long second, int time) {
        int d = kept.length;
        double[] z = new double[d];
        double[] l = new double[d];
        double[] unit = new double[d];
        double[][] stretched = new double[d][1];
        boolean[][] here = new boolean[d][1];
        float[] pattern = new float[d];
        for (int k = 0; k < d; k++) {
            Scaling scaling = fitted.scaling()[k];
            z[k] = Math.clamp(scaling.z(filled[kept[k]]), -CLIP, CLIP);
            l[k] = Scaling.signedLog(z[k]);
            unit[k] = scaling.unit(filled[kept[k]]);
            stretched[k][0] = 3 * unit[k];
            here[k][0] = seen[kept[k]];
            pattern[k] = (float) unit[k];
        }
        OneChannelPoint.Columns f = new OneChannelPoint.Columns(32 + 3 * d);
        norms(f, z, l);
        double[] residual = fitted.subspace().residual(unit);
        double pca = 0;
        double median = 0;
        for (int k = 0; k < d; k++) {
            pca += residual[k] * residual[k];
            median += (unit[k] - fitted.middle()[k]) * (unit[k] - fitted.middle()[k]);
        }
        pca = Math.sqrt(pca);
        median = Math.sqrt(median);
        double nearest = fitted.near().distance(pattern, time, WINDOW, 1);
        rows.push(FeatureModel.rows(fitted.vae().shape(), stretched, here)[0]);
        VaeForward.Said said = vae.apply(rows);
        double error = 0;
        double largest = 0;
        for (float e : said.lastError()) {
            error += e;
            largest = Math.max(largest, e);
        }
        f.add(Math.log(pca + 1e-3));
        f.add(Math.log(nearest + 1e-2));
        f.add(Math.log(median + 1e-2));
        f.add(Math.log(error + 1e-2));
        f.add(Math.log(said.windowError() + 1e-4));
        f.add(Math.log(largest + 1e-3));
        local(f, l);
        double[] logs = {Math.log(pca + 1e-3), Math.log(nearest + 1e-2), Math.log(median + 1e-2), Math.log(error + 1e-2)};
        for (int i = 0; i < logs.length; i++) {
            smoothed[i].push(logs[i]);
            for (int w : SMOOTH) {
                f.add(smoothed[i].mean(w));
            }
        }
        float[] values = new float[d];
        for (int k = 0; k < d; k++) {
            f.add(l[k]);
            f.add(Scaling.signedLog(20 * residual[k]));
            f.add(Math.log(said.lastError()[k] + 1e-2));
            values[k] = (float) l[k];
        }
        return new Said(f.all(), new double[] {nearest, pca, error}, said, values, Math.max(0, fitted.distance().z(median)));
    }

    private static void norms(OneChannelPoint.Columns f, double[] z, double[] l) {
        double[] sorted = new double[l.length];
        double l2 = 0;
        double count = 0;
        for (int k = 0; k < l.length; k++) {
            sorted[k] = Math.abs(l[k]);
            l2 += sorted[k] * sorted[k];
            count += Math.abs(z[k]) > 3 ? 1 : 0;
        }
        Arrays.sort(sorted);
        f.add(Math.log(Math.sqrt(l2) + .05));
        f.add(ManyChannelFeatures.top(sorted, 1));
        f.add(ManyChannelFeatures.top(sorted, 3));
        f.add(ManyChannelFeatures.top(sorted, 8));
        f.add(Math.log1p(count));
    }

    private void local(OneChannelPoint.Columns f, double[] l) {
        int d = l.length;
        double[][] before = new double[LOCAL.length][d];
        for (int k = 0; k < d; k++) {
            for (int i = 0; i < LOCAL.length; i++) {
                before[i][k] = channels[k].isEmpty() ? l[k] : channels[k].mean(LOCAL[i]);
            }
            channels[k].push(l[k]);
        }
        for (int i = 0; i < LOCAL.length; i++) {
            double shift = 0;
            double most = 0;
            double spread = 0;
            double level = 0;
            for (int k = 0; k < d; k++) {
                double mean = channels[k].mean(LOCAL[i]);
                double r = Math.abs(l[k] - before[i][k]);
                shift += r / d;
                most = Math.max(most, r);
                spread += channels[k].deviation(LOCAL[i]) / d;
                level += mean * mean;
            }
            f.add(Math.log(shift + 1e-2));
            f.add(most);
            f.add(Math.log(spread + 1e-2));
            f.add(Math.sqrt(level));
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        for (Trail one : channels) {
            one.write(out);
        }
        for (Trail one : smoothed) {
            one.write(out);
        }
        rows.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        for (Trail one : channels) {
            one.read(in);
        }
        for (Trail one : smoothed) {
            one.read(in);
        }
        rows.read(in, fitted.vae().shape().width());
    }
}
