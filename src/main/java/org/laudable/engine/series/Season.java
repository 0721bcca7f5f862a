package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.laudable.engine.saved.BoundedInput;

/** The usual value at each phase of a day or a week: the median of the phase and its two neighbours. */
record Season(long period, long step, double[] usual) {

    static final long DAY = 86_400;
    static final long WEEK = 7 * DAY;

    /** Fits on the marked points; without phases where there are fewer than four a period, or not twice as many points. */
    static Season of(double[] z, long[] seconds, boolean[] fit, long period, long step) {
        int phases = (int) Math.round((double) period / step);
        int n = 0;
        for (boolean f : fit) {
            n += f ? 1 : 0;
        }
        if (phases < 4 || n < 2 * phases) {
            return new Season(period, step, new double[0]);
        }
        double[][] byPhase = new double[phases + 1][];
        int[] count = new int[phases + 1];
        for (int t = 0; t < z.length; t++) {
            if (fit[t]) {
                count[phase(seconds[t], period, step, phases)]++;
            }
        }
        for (int p = 0; p <= phases; p++) {
            byPhase[p] = new double[count[p]];
        }
        Arrays.fill(count, 0);
        for (int t = 0; t < z.length; t++) {
            if (fit[t]) {
                int p = phase(seconds[t], period, step, phases);
                byPhase[p][count[p]++] = z[t];
            }
        }
        double[] usual = new double[phases + 1];
        for (int p = 0; p <= phases; p++) {
            double[] near = concat(byPhase[Math.floorMod(p - 1, phases)], byPhase[p], byPhase[Math.floorMod(p + 1, phases)]);
            Arrays.sort(near);
            usual[p] = near.length == 0 ? 0 : Scaling.percentile(near, .5);
        }
        return new Season(period, step, usual);
    }

    /** z minus the usual value of its phase; z itself where there are no phases. */
    double[] residual(double[] z, long[] seconds) {
        double[] out = z.clone();
        if (usual.length > 0) {
            for (int t = 0; t < z.length; t++) {
                out[t] -= usual[phase(seconds[t], period, step, usual.length - 1)];
            }
        }
        return out;
    }

    private static int phase(long second, long period, long step, int phases) {
        return (int) Math.min(phases, Math.floorMod(second, period) / step);
    }

    private static double[] concat(double[]... parts) {
        int n = 0;
        for (double[] part : parts) {
            n += part.length;
        }
        double[] out = new double[n];
        int at = 0;
        for (double[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(period);
        out.writeLong(step);
        out.writeInt(usual.length);
        for (double v : usual) {
            out.writeDouble(v);
        }
    }

    static Season read(DataInput in) throws IOException {
        long period = in.readLong();
        long step = in.readLong();
        double[] usual = new double[BoundedInput.length(in, Double.BYTES)];
        for (int i = 0; i < usual.length; i++) {
            usual[i] = in.readDouble();
        }
        if (period < 1 || step < 1) {
            throw new IOException("The model file is damaged: a season of %d seconds.".formatted(period));
        }
        return new Season(period, step, usual);
    }
}
