package org.laudable.anomaly;

import java.util.List;

/**
 * What a chart draws of a stretch besides its values: one entry per bucket of {@code stride} points, the largest in it; NaN
 * where nothing is scored.
 *
 * @param times     epoch milliseconds of each bucket's first point
 * @param threshold scores above it are flagged
 */
public record Layers(int from, int to, int stride, long[] times, double[] score, double threshold, double[] error, double[] potential,
        double[] novelty, List<Anomaly> anomalies) {}
