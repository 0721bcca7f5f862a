package org.laudable.anomaly;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a window looks like, so that windows of different series can be compared: the course of the channel that deviates
 * most, brought to length 1, and how loudly the three unsupervised signals spoke.
 */
final class Shapes {
    private static final int MOST = 200;
    private static final int WINDOW = SeriesAnswers.WINDOW;
    private static final int SIGNALS = 3;
    private static final double SIGNAL_WEIGHT = .35;
    private static final double LEAST = .15;

    private Shapes() {}

    /** @param place in points of the series */
    record Shape(Place place, float[] values) {}

    /** The most suspicious windows of a series, none within a window of another. */
    static List<Shape> of(SeriesSession session) {
        double[] p = session.probability();
        List<Integer> order = new ArrayList<>();
        for (int t = 0; t < p.length; t++) {
            if (p[t] >= LEAST && peak(p, t)) {
                order.add(t);
            }
        }
        order.sort(Comparator.comparingDouble((Integer t) -> p[t]).reversed());
        List<Shape> shapes = new ArrayList<>();
        for (int t : order) {
            if (shapes.size() >= MOST) {
                break;
            }
            int point = session.first() + t;
            if (shapes.stream().noneMatch(s -> Math.abs(s.place().point() - point) < WINDOW)) {
                Place place = WindowRanking.around(p, t, LEAST);
                shapes.add(new Shape(new Place(point, session.first() + place.from(), session.first() + place.to()), at(session, t)));
            }
        }
        return shapes;
    }

    private static boolean peak(double[] p, int t) {
        return (t == 0 || p[t] >= p[t - 1]) && (t == p.length - 1 || p[t] > p[t + 1]);
    }

    /** @param t a judged point; the window has it in its middle */
    static float[] at(SeriesSession session, int t) {
        float[][] values = session.signals().values();
        int from = Math.clamp(t - WINDOW / 2, 0, Math.max(0, values.length - WINDOW));
        int channels = values[0].length;
        int loudest = 0;
        double most = -1;
        for (int c = 0; c < channels; c++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = from; i < Math.min(values.length, from + WINDOW); i++) {
                low = Math.min(low, values[i][c]);
                high = Math.max(high, values[i][c]);
            }
            double reach = high - low + .5 * Math.abs(values[t][c]);
            if (reach > most) {
                most = reach;
                loudest = c;
            }
        }
        float[] shape = new float[WINDOW + SIGNALS];
        double mean = 0;
        int n = Math.min(WINDOW, values.length - from);
        for (int i = 0; i < n; i++) {
            mean += values[from + i][loudest] / n;
        }
        double norm = 0;
        for (int i = 0; i < n; i++) {
            shape[i] = (float) (values[from + i][loudest] - mean);
            norm += (double) shape[i] * shape[i];
        }
        norm = Math.sqrt(Math.max(norm, 1e-12));
        for (int i = 0; i < n; i++) {
            shape[i] /= (float) norm;
        }
        shape[WINDOW] = (float) (SIGNAL_WEIGHT * session.signals().alarm()[t]);
        shape[WINDOW + 1] = (float) (SIGNAL_WEIGHT * session.signals().potential()[t]);
        shape[WINDOW + 2] = (float) (SIGNAL_WEIGHT * session.signals().unusual()[t]);
        return shape;
    }

    /** 0: the same; courses of opposite direction are far. The best of a few shifts counts. */
    static double distance(float[] a, float[] b) {
        double best = -1;
        for (int shift = -4; shift <= 4; shift++) {
            double cosine = 0;
            for (int i = Math.max(0, shift); i < Math.min(WINDOW, WINDOW + shift); i++) {
                cosine += (double) a[i] * b[i - shift];
            }
            best = Math.max(best, cosine);
        }
        double signals = 0;
        for (int i = WINDOW; i < a.length; i++) {
            signals += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return 1 - best + Math.sqrt(signals);
    }
}
