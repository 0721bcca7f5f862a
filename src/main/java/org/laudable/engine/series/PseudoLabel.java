package org.laudable.engine.series;

/**
 * A label that spread from people's answers to a similar point.
 *
 * @param confidence share of the spread mass that speaks for it, in (½, 1]
 * @param source     number of the answer it came from; it vanishes when that answer is corrected
 */
public record PseudoLabel(int point, boolean anomalous, double confidence, int source) {
}
