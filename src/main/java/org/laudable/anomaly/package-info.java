/**
 * The series loop (VAE-RL) as a durable state machine on {@link org.laudable.loop}, and what it finds.
 * {@link org.laudable.anomaly.DetectionService} starts and stops it, {@link org.laudable.anomaly.AnomalyService} shows its
 * anomalies.
 *
 * <p>{@code FitJob} fits each series once, in the background; {@code DetectionLoop} asks people, and after a batch of
 * answers has each series learn from its own. {@code SeriesSessions} keeps fitted series in memory and can always have
 * them again from the tables. Points are counted from the beginning of a series here; the engine counts those after the
 * history, and {@code SeriesSession} is where one becomes the other.
 */
package org.laudable.anomaly;
