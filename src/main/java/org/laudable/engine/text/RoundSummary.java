package org.laudable.engine.text;

/**
 * What stopping rules know of one round.
 *
 * @param labels       answers paid for so far, audit included
 * @param costMicros   spent so far, millionths of the project's currency
 * @param auditCorrect right predictions among the audit's reporting half (A2) so far
 * @param auditTotal   answers in that half so far; 0 while there are none
 * @param kappa        Cohen's κ between this round's and the last round's predictions on a fixed sample of the pool;
 *                     NaN for the first round
 */
public record RoundSummary(int labels, long costMicros, int auditCorrect, int auditTotal, double kappa) {
}
