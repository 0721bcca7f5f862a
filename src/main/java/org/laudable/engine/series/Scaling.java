package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Scales of one channel, fitted on values only, never on labels (ENGINES §2.1): a robust z (median and interquartile
 * range, never below a tenth of the standard deviation) and a min-max scale, clipped to [-1, 2], centred, × 3.
 */
record Scaling(double median, double spread, double min, double range, double center, boolean constant) {

    private static final double SMALLEST = 1e-9;

    /** Fits on the values that are there at the marked points; a channel without any is constant. */
    static Scaling of(double[] values, boolean[] fit) {
        double[] x = new double[values.length];
        int n = 0;
        for (int t = 0; t < values.length; t++) {
            if (fit[t] && Double.isFinite(values[t])) {
                x[n++] = values[t];
            }
        }
        if (n == 0) {
            return new Scaling(0, 1, 0, 1, 0, true);
        }
        x = Arrays.copyOf(x, n);
        double sum = 0;
        for (double v : x) {
            sum += v;
        }
        double mean = sum / n;
        double square = 0;
        for (double v : x) {
            square += (v - mean) * (v - mean);
        }
        double deviation = Math.sqrt(square / n);
        Arrays.sort(x);
        double median = percentile(x, .5);
        double spread = (percentile(x, .75) - percentile(x, .25)) / 1.349;
        if (spread <= SMALLEST) {
            double[] d = new double[n];
            for (int i = 0; i < n; i++) {
                d[i] = Math.abs(x[i] - median);
            }
            Arrays.sort(d);
            spread = percentile(d, .5) * 1.4826;
        }
        if (spread <= SMALLEST) {
            spread = deviation;
        }
        spread = Math.max(spread, .1 * deviation);
        boolean constant = deviation <= SMALLEST * Math.max(1, Math.abs(mean));
        double range = Math.max(x[n - 1] - x[0], 1e-3 * Math.max(1, constant ? Math.abs(median) : 0));
        double center = (mean - x[0]) / range;
        return new Scaling(median, constant ? .1 * Math.max(1, Math.abs(median)) : spread, x[0], range, center, constant);
    }

    double z(double value) {
        return (value - median) / spread;
    }

    /** The min-max scale before it is stretched, centred, in about [-1, 2]. */
    double unit(double value) {
        return Math.clamp((value - min) / range, -1, 2) - center;
    }

    /** sign · log(1 + |·|). */
    static double signedLog(double v) {
        return Math.signum(v) * Math.log1p(Math.abs(v));
    }

    /** Linear interpolation between the two nearest ranks. */
    static double percentile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int i = (int) at;
        return i + 1 < sorted.length ? sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]) : sorted[i];
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(median);
        out.writeDouble(spread);
        out.writeDouble(min);
        out.writeDouble(range);
        out.writeDouble(center);
        out.writeBoolean(constant);
    }

    static Scaling read(DataInput in) throws IOException {
        return new Scaling(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble(), in.readBoolean());
    }
}
