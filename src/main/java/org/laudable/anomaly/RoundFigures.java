package org.laudable.anomaly;

/**
 * What was known when a round's models were trained.
 *
 * @param anomalies stretches flagged over all series
 * @param series    series that learned in the round
 * @param measured  windows drawn at random and answered by then
 */
record RoundFigures(int anomalies, int series, int measured) {}
