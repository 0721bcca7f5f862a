package org.laudable.streaming;

/**
 * Flagged points that belong together: an anomaly found live. Series and beginning say which; told again, it is the same
 * one with a later end.
 *
 * @param from        moment of its first flagged point
 * @param to          of its newest
 * @param peak        where its probability is highest
 * @param points      from the first to the newest flagged one
 * @param channel     ordinal of the one that deviates most at the peak
 * @param signal      which signal speaks loudest there: VAE, LEVEL, NOVELTY, or what was LEARNED from answers
 * @param open        whether it may go on
 */
record LiveStretch(long from, long to, long peak, double probability, int points, int channel, String signal, boolean open) {}
