package org.laudable.engine.series.replay;

import org.laudable.engine.series.Series;

/**
 * A series whose truth is known.
 *
 * @param anomalous truth of each judged point, those from {@code series.history()} on
 */
public record LabelledSeries(Series series, boolean[] anomalous) {

    public LabelledSeries {
        if (anomalous.length != series.length() - series.history()) {
            throw new IllegalArgumentException("Series %s has %d points to judge but %d labels"
                    .formatted(series.name(), series.length() - series.history(), anomalous.length));
        }
    }

    /** Number of anomalous points. */
    public int positives() {
        int n = 0;
        for (boolean a : anomalous) {
            n += a ? 1 : 0;
        }
        return n;
    }
}
