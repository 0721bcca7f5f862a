package org.laudable.anomaly;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of a series that is, or was taken for, anomalous.
 *
 * @param id         lasts over rounds while it is flagged; below 0 where only people's answers know it
 * @param from       its first point, counted from the beginning of the series
 * @param to         the point after the last
 * @param zone       in which the series counts its days
 * @param severity   how far from usual, in [0, 1]; 0 where no model flags it
 * @param confidence calibrated probability at its highest; 0 where no model flags it
 * @param voices     how loudly each signal speaks; empty where no model flags it
 * @param verdict    what people say of it
 * @param explained  the harmless cause that covers it
 * @param like       the confirmed anomaly its label spread from, by its item
 * @param opinion    what a language model says of it; empty where none was asked
 * @param rank       severity × doubt × recency: what needs eyes first
 */
public record Anomaly(long id, long seriesId, String series, int from, int to, int peak, Instant fromAt, Instant toAt, ZoneId zone, AnomalyState state,
        double severity, double confidence, Optional<Voices> voices, List<Drive> drives, Optional<Said> verdict, Optional<String> explained,
        Optional<Long> like, Optional<Opinion> opinion, double rank) {

    /** The four signals, each in [0, 1]. */
    public record Voices(double vae, double potential, double novelty, double agent) {}

    /** A channel's share of the VAE's error. */
    public record Drive(int ordinal, String channel, double share) {}

    /** People's answer. */
    public record Said(long itemId, String origin, Instant at, String comment) {}
}
