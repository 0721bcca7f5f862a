package org.laudable.anomaly;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.laudable.loop.RunState;

/**
 * What the Anomalies page shows, read at one moment.
 *
 * @param anomalies   what needs eyes first
 * @param series      what needs eyes first
 * @param state       of the newest run; null: there was none yet
 * @param learned     whether any model has learned from answers; else it is a first guess
 * @param quality     measured on windows drawn at random
 * @param alarmsADay  flagged stretches a day that are expected to be false, over all series
 */
public record AnomalyBoard(List<Anomaly> anomalies, List<SeriesLine> series, Map<AnomalyState, Long> counts, RunState state, boolean learned,
        double missCost, DetectionView.Quality quality, double alarmsADay) {

    /**
     * A series.
     *
     * @param open anomalies nobody has looked at
     * @param need sum of their ranks
     */
    public record SeriesLine(long id, String name, int points, Instant startsAt, Instant endsAt, ZoneId zone, int open, int confirmed, double need) {}
}
