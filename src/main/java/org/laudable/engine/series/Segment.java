package org.laudable.engine.series;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch that is flagged: an anomaly as people see it.
 *
 * @param from first point, counted among the judged points
 * @param to   the point after the last
 * @param peak the point with the highest score
 * @param score the highest score
 */
public record Segment(int from, int to, int peak, double score) {

    /**
     * The stretches above a threshold, in the order of time.
     *
     * @param score     a score for each judged point
     * @param threshold points with a score above it are flagged
     * @param gap       stretches with at most so many other points between them are one
     */
    public static List<Segment> above(double[] score, double threshold, int gap) {
        List<Segment> segments = new ArrayList<>();
        int from = -1;
        int last = -1;
        int peak = -1;
        for (int t = 0; t <= score.length; t++) {
            boolean flagged = t < score.length && score[t] > threshold;
            if (from >= 0 && (t == score.length || flagged && t - last - 1 > gap)) {
                segments.add(new Segment(from, last + 1, peak, score[peak]));
                from = -1;
            }
            if (flagged) {
                from = from < 0 ? t : from;
                peak = from == t || score[t] > score[peak] ? t : peak;
                last = t;
            }
        }
        return segments;
    }

    public int length() {
        return to - from;
    }
}
