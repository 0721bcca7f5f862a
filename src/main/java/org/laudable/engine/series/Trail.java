package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The last numbers of a column that grows: what {@link Rolling} says of a whole column, said of its newest point, sum for
 * sum in the same order.
 */
final class Trail {

    private final double[] ring;
    private long pushed;
    private double first;

    /** @param points how many are remembered */
    Trail(int points) {
        this.ring = new double[points];
    }

    void push(double value) {
        first = pushed == 0 ? value : first;
        ring[(int) (pushed % ring.length)] = value;
        pushed++;
    }

    int length() {
        return ring.length;
    }

    boolean isEmpty() {
        return pushed == 0;
    }

    /** The number so many points back, 0 being the newest; before the first one it repeats. */
    double back(int points) {
        return points >= pushed ? first : ring[(int) ((pushed - 1 - points) % ring.length)];
    }

    /** The mean of the last w numbers, of fewer at the beginning. */
    double mean(int w) {
        int n = (int) Math.min(w, pushed);
        double sum = 0;
        for (int k = n - 1; k >= 0; k--) {
            sum += back(k);
        }
        return sum / n;
    }

    /** Their standard deviation. */
    double deviation(int w) {
        int n = (int) Math.min(w, pushed);
        double sum = 0;
        double square = 0;
        for (int k = n - 1; k >= 0; k--) {
            double v = back(k);
            sum += v;
            square += v * v;
        }
        double mean = sum / n;
        return Math.sqrt(Math.max(0, square / n - mean * mean));
    }

    /** The median of the w numbers that end so many points back; the first one repeats. */
    double median(int w, int back) {
        double[] sorted = new double[w];
        for (int k = 0; k < w; k++) {
            sorted[k] = back(back + k);
        }
        Arrays.sort(sorted);
        return w % 2 == 1 ? sorted[w / 2] : (sorted[w / 2 - 1] + sorted[w / 2]) / 2;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(pushed);
        out.writeDouble(first);
        int n = (int) Math.min(pushed, ring.length);
        for (int k = n - 1; k >= 0; k--) {
            out.writeDouble(back(k));
        }
    }

    /** Takes the place of what was there; the trail must have the same length. */
    void read(DataInput in) throws IOException {
        long all = in.readLong();
        if (all < 0) {
            throw new IOException("This is no state of a scorer.");
        }
        first = in.readDouble();
        for (pushed = Math.max(0, all - ring.length); pushed < all; pushed++) {
            ring[(int) (pushed % ring.length)] = in.readDouble();
        }
    }
}
