package org.laudable.anomaly;

/**
 * A window worth asking about.
 *
 * @param confidence calibrated probability of an anomaly at its point
 * @param flagged    whether the model flags the point
 * @param atRandom   drawn at random among the plausible: quality is measured on these
 * @param version    of the model that says so
 */
record RankedWindow(long seriesId, int position, int point, int from, int to, String reason, double confidence, boolean flagged,
        boolean atRandom, int version) {}
