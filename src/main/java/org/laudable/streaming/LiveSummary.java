package org.laudable.streaming;

/**
 * What the page shows of a series that is scored live.
 *
 * @param recent probabilities of the newest points, oldest first
 * @param drift  null before the first full window
 */
record LiveSummary(long points, long late, long duplicates, long gaps, long lastMillis, Float[] recent, Double drift, boolean drifted) {

    static LiveSummary of(LiveSeries series) {
        float[] recent = series.recent();
        Float[] boxed = new Float[recent.length];
        for (int i = 0; i < recent.length; i++) {
            boxed[i] = recent[i];
        }
        return new LiveSummary(series.points(), series.late(), series.duplicates(), series.gaps(), series.last(), boxed,
                Double.isNaN(series.drift()) ? null : (Double) series.drift(), series.drifted());
    }
}
