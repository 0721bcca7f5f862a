package org.laudable.project;

/**
 * How people label.
 *
 * @param overlap      answers wanted per item, from different people
 * @param leaseMinutes how long a person holds an item without a sign of life
 * @param auditSize    items set aside at random to measure quality; never trained on
 * @param batchSize    answers between two trainings
 */
public record LabelingSettings(int overlap, int leaseMinutes, int auditSize, int batchSize) {
    public static final LabelingSettings DEFAULTS = new LabelingSettings(1, 15, 200, 25);
    /** An answer about a window tells more than one about a text; a quarter of the questions is random, so no sample is set aside. */
    static final LabelingSettings SERIES_DEFAULTS = new LabelingSettings(1, 15, 0, 10);
}
