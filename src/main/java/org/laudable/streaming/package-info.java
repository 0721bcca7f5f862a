/**
 * Live anomaly detection (decision 081): points of a series are scored as they come by the detectors of an approved model.
 * {@code LiveSeries} is how one series is scored, the same over REST ({@link org.laudable.streaming.LiveScoring}, state in
 * PostgreSQL) and from Kafka ({@code StreamScoring}, state in the stream; {@code StreamProcess} runs it, {@code StreamIntake}
 * brings what it says into the tables); {@link org.laudable.streaming.LiveApprovals} approves, {@link org.laudable.streaming.LiveService} shows what is
 * found and takes people's word on it, {@link org.laudable.streaming.LiveHarvest} brings that word into the series' loop.
 */
package org.laudable.streaming;
