package org.laudable.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether something grows. The slope is the median of the slopes between all pairs of samples (Theil and Sen), so that a few
 * odd ones do not count. It grows if that slope is above what is allowed and there is a rise at all (Mann and Kendall, one-sided,
 * 1 %): one alone is noise, or too little to matter.
 */
final class Trend {
    private static final double SURE = 2.33;
    private static final double SHARE = .10;
    private static final int FEWEST = 3;

    private final String name;
    private final double floor;
    private final List<double[]> samples = new ArrayList<>();

    /** @param floor an hour's growth that is allowed however little there is */
    Trend(String name, double floor) {
        this.name = name;
        this.floor = floor;
    }

    void add(double hours, double value) {
        samples.add(new double[] {hours, value});
    }

    /** An hour's growth in the second half. */
    double slope() {
        List<double[]> half = half();
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < half.size(); i++) {
            for (int j = i + 1; j < half.size(); j++) {
                slopes.add((half.get(j)[1] - half.get(i)[1]) / (half.get(j)[0] - half.get(i)[0]));
            }
        }
        return median(slopes);
    }

    /** A tenth of what there is, or the floor. */
    double allowed() {
        return Math.max(floor, SHARE * level());
    }

    boolean flat() {
        return !few() && (slope() <= allowed() || rise() < SURE);
    }

    private boolean few() {
        return half().size() < FEWEST;
    }

    /** Name, median, slope and word on it. */
    String row() {
        return String.format(Locale.ROOT, "| %s | %,.1f | %,.1f | %+,.1f | %,.1f | %.1f | %s |", name, median(samples.subList(0, samples.size() - half().size()).stream().map(one -> one[1]).toList()), level(), slope(),
                allowed(), rise(), few() ? "too few samples" : flat() ? "flat" : "GROWS");
    }

    private double level() {
        return median(half().stream().map(one -> one[1]).toList());
    }

    /** Kendall's count of rises less falls, in standard deviations of chance. */
    private double rise() {
        List<double[]> half = half();
        int n = half.size();
        long sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                sum += (long) Math.signum(half.get(j)[1] - half.get(i)[1]);
            }
        }
        return n < 2 ? 0 : (sum - Math.signum(sum)) / Math.sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18);
    }

    private List<double[]> half() {
        return samples.subList(samples.size() / 2, samples.size());
    }

    private static double median(List<Double> values) {
        if (values.isEmpty()) {
            return 0;
        }
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
