package org.laudable.anomaly;

/**
 * What another operating point would change.
 *
 * @param now        flagged stretches at present
 * @param then       flagged stretches then
 * @param more       stretches that would newly be flagged
 * @param moreFalse  about so many of those would be false alarms
 * @param fewer      stretches that would be flagged no more
 * @param fewerTrue  about so many of those are anomalies
 */
public record CostPreview(double missCost, int now, int then, int more, double moreFalse, int fewer, double fewerTrue) {}
