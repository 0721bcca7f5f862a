package org.laudable.project;

/**
 * How people label.
 *
 * @param overlap      answers wanted per item, from different people
 * @param leaseMinutes how long a person holds an item without a sign of life
 * @param auditSize    items set aside at random to measure quality; never trained on
 * @param batchSize    answers between two trainings
 * @param more         which items get the overlap, and when more people are asked
 * @param gold         how people are measured against known answers
 * @param aggregation  how several answers become a label
 */
public record LabelingSettings(int overlap, int leaseMinutes, int auditSize, int batchSize, OverlapSettings more,
        GoldSettings gold, Aggregation aggregation) {
    public static final LabelingSettings DEFAULTS = new LabelingSettings(1, 15, 200, 25);
    /** An answer about a window tells more than one about a text; a quarter of the questions is random, so no sample is set aside. */
    static final LabelingSettings SERIES_DEFAULTS = new LabelingSettings(1, 15, 0, 10);

    /** The overlap on every item, and never more than that. */
    public LabelingSettings(int overlap, int leaseMinutes, int auditSize, int batchSize) {
        this(overlap, leaseMinutes, auditSize, batchSize, OverlapSettings.DEFAULTS, GoldSettings.DEFAULTS, Aggregation.MAJORITY);
    }

    public LabelingSettings withPeople(int answers, int minutes, OverlapSettings settings) {
        return new LabelingSettings(answers, minutes, auditSize, batchSize, settings, gold, aggregation);
    }

    public LabelingSettings withSizes(int audit, int batch) {
        return new LabelingSettings(overlap, leaseMinutes, audit, batch, more, gold, aggregation);
    }

    public LabelingSettings withGold(GoldSettings settings) {
        return new LabelingSettings(overlap, leaseMinutes, auditSize, batchSize, more, settings, aggregation);
    }

    public LabelingSettings withAggregation(Aggregation way) {
        return new LabelingSettings(overlap, leaseMinutes, auditSize, batchSize, more, gold, way);
    }
}
