package org.laudable.engine.series;

/**
 * One person's answer about a point: what the interval around it is. 'Expected' is a normal answer; 'cannot tell' is none.
 *
 * @param point     the point asked about, counted among the judged points
 * @param from      first point the answer is about
 * @param to        the point after the last
 * @param anomalous whether the interval is an anomaly
 */
public record Answer(int point, int from, int to, boolean anomalous) {

    public Answer {
        if (from < 0 || from > point || to <= point) {
            throw new IllegalArgumentException("An answer about point %d cannot cover %d to %d".formatted(point, from, to));
        }
    }

    int length() {
        return to - from;
    }
}
