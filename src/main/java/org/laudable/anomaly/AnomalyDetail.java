package org.laudable.anomaly;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.laudable.project.Meaning;

/**
 * One anomaly with its past.
 *
 * @param history what people said of it, newest first
 */
public record AnomalyDetail(Anomaly anomaly, List<Verdict> history) {

    /**
     * What was said.
     *
     * @param meaning empty: it could not be told
     * @param until   when it was replaced or taken back; null: it stands
     */
    public record Verdict(Instant at, Instant until, String origin, String people, Optional<Meaning> meaning, String comment) {}

    /**
     * A window that looks like it.
     *
     * @param said what people say of it; empty: nothing yet
     */
    public record Similar(long seriesId, String series, int from, int to, Instant at, ZoneId zone, double distance, Optional<Meaning> said) {}
}
