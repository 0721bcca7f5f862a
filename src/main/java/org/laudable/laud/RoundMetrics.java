package org.laudable.laud;

import java.util.Map;
import org.laudable.engine.text.RoundSummary;
import org.laudable.loop.Figure;

/**
 * What was known of a round's model when it was trained; stopping rules rest on it and it never changes afterwards.
 *
 * @param paidLabels  answers paid for, audit included
 * @param reported    audit answers in the reporting half
 * @param correct     right predictions among them
 * @param accuracy    null without audit answers
 * @param macroF1     null without audit answers
 * @param kappa       agreement with the round before on the fixed sample; null for the first model
 * @param temperature of the calibration; 1 while there are too few labels
 * @param thresholds  class id → confidence from which cross-validation promises the run's precision; above 1: never
 */
record RoundMetrics(int paidLabels, int reported, int correct, Figure accuracy, Figure macroF1, Double kappa, double temperature,
        Map<Long, Float> thresholds) {

    RoundSummary summary(long costMicros) {
        return new RoundSummary(paidLabels, costMicros, correct, reported, kappa == null ? Double.NaN : kappa);
    }
}
