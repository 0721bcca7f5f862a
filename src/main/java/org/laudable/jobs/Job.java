package org.laudable.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A job as people see it.
 *
 * @param total how much there is to do; null while unknown
 * @param error why it failed, in a sentence; null otherwise
 */
public record Job(long id, String kind, Long projectId, JobState state, long done, Long total, String message,
        String error, int attempts, Instant createdAt, Instant startedAt, Instant finishedAt) {

    /** How much of it is done, 0 to 1; empty while it cannot be told. */
    public OptionalDouble share() {
        return total == null || total == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.clamp((double) done / total, 0, 1));
    }

    /** Time left at the rate so far; empty while it cannot be told. */
    public Optional<Duration> timeLeft(Instant now) {
        if (state != JobState.RUNNING || total == null || done <= 0 || startedAt == null) {
            return Optional.empty();
        }
        long millis = Duration.between(startedAt, now).toMillis();
        return Optional.of(Duration.ofMillis((long) (millis * ((double) (total - done) / done))));
    }
}
