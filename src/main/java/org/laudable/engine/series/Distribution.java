package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.laudable.engine.saved.BoundedInput;

/**
 * Where a number stands among those of a reference sample: empirical inside, with a generalised Pareto tail above the
 * 98th percentile, so that a number beyond everything seen still ranks among its like.
 */
final class Distribution {

    private static final double TAIL_FROM = .98;
    private static final double SLOWLY = 3;
    private static final int FEWEST_FOR_A_TAIL = 10;

    private final double[] sorted;
    private final double from;
    private final double scale;
    private final double form;

    private Distribution(double[] sorted, double from, double scale, double form) {
        this.sorted = sorted;
        this.from = from;
        this.scale = scale;
        this.form = form;
    }

    /** The distribution of a sample; the tail's scale and form by probability-weighted moments (Hosking and Wallis, 1987). */
    static Distribution of(double[] sample) {
        if (sample.length == 0) {
            throw new IllegalArgumentException("A distribution needs at least one number");
        }
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        int first = (int) Math.ceil(TAIL_FROM * sorted.length);
        int k = sorted.length - first;
        double from = sorted[Math.max(0, first - 1)];
        if (k < FEWEST_FOR_A_TAIL) {
            double spread = sorted[sorted.length - 1] - sorted[sorted.length / 2];
            return new Distribution(sorted, from, Math.max(spread / 4, 1e-9), 0);
        }
        double a0 = 0;
        double a1 = 0;
        for (int i = 0; i < k; i++) {
            double excess = sorted[first + i] - from;
            a0 += excess / k;
            a1 += excess * (k - 1 - i) / (k - 1.0) / k;
        }
        double d = a0 - 2 * a1;
        if (d <= 1e-12 * Math.max(a0, 1e-300)) {
            return new Distribution(sorted, from, Math.max(a0, 1e-9), 0);
        }
        double form = Math.clamp(2 - a0 / d, -.4, .9);
        return new Distribution(sorted, from, Math.max(2 * a0 * a1 / d, 1e-9), form);
    }

    /** The share of the sample below x, in [0, 1). */
    double quantile(double x) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return (double) low / sorted.length;
    }

    /** P(X ≥ x): empirical up to the 98th percentile, Pareto above; in (0, 1]. */
    double tail(double x) {
        if (x <= from) {
            return Math.max(1 - quantile(x), 1 - TAIL_FROM);
        }
        return Math.max(1e-12, (1 - TAIL_FROM) * pareto(x - from));
    }

    /**
     * −log(1 − quantile), the surprise of x: by ranks within the sample, beyond its largest by the tail, ever more slowly.
     */
    double surprise(double x) {
        double last = sorted[sorted.length - 1];
        double n = sorted.length;
        double inside = -Math.log(1 - quantile(Math.min(x, last)) * (1 - 1 / n) + 1e-9);
        return x <= last ? inside : inside + SLOWLY * Math.log1p((decay(x - from) - decay(last - from)) / SLOWLY);
    }

    /** −log P(X ≥ x) above the 98th percentile, but without an end: what lies beyond everything seen keeps its order. */
    private double decay(double excess) {
        return form <= 1e-9 ? excess / scale : Math.log1p(form * excess / scale) / form;
    }

    private double pareto(double excess) {
        if (Math.abs(form) < 1e-9) {
            return Math.exp(-excess / scale);
        }
        double base = 1 + form * excess / scale;
        return base <= 0 ? 0 : Math.pow(base, -1 / form);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(sorted.length);
        for (double v : sorted) {
            out.writeDouble(v);
        }
        out.writeDouble(from);
        out.writeDouble(scale);
        out.writeDouble(form);
    }

    private static int filled(int length) throws IOException {
        if (length == 0) {
            throw new IOException("The model file is damaged: a distribution of nothing.");
        }
        return length;
    }

    static Distribution read(DataInput in) throws IOException {
        double[] sorted = new double[filled(BoundedInput.length(in, Double.BYTES))];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = in.readDouble();
        }
        return new Distribution(sorted, in.readDouble(), in.readDouble(), in.readDouble());
    }
}
