package org.laudable.series;

import java.time.Instant;
import java.util.List;

/**
 * One series of a draft as it would go in, from its first points.
 *
 * @param points    how many were looked at
 * @param whole     whether those were all
 * @param findings  what was odd in them
 * @param problem   why it would be left out; null if it would go in
 * @param sketches  of the first channels: up to 240 [min, max] pairs, NaN for a gap
 * @param anomalous share of the width, from 0 to 1: [from, to] of each known anomaly
 */
public record SeriesPreview(String name, List<String> channels, int points, boolean whole, Instant startsAt, Instant endsAt, double stepSeconds,
        List<Finding> findings, String problem, List<double[][]> sketches, List<double[]> anomalous) {}
