package org.laudable.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JobTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void how_far_a_job_is_cannot_be_told_before_it_knows_how_much_there_is() {
        assertEquals(OptionalDouble.empty(), job(3, null).share());
        assertEquals(OptionalDouble.empty(), job(0, 0L).share());
        assertEquals(Optional.empty(), job(3, null).timeLeft(NOON));
    }

    @Test
    void share_and_time_left_follow_what_is_done() {
        assertEquals(OptionalDouble.of(.25), job(25, 100L).share());
        assertEquals(Optional.of(Duration.ofMinutes(3)), job(25, 100L).timeLeft(NOON.plusSeconds(60)));
    }

    @Test
    void more_than_was_expected_is_still_all_of_it() {
        assertEquals(OptionalDouble.of(1), job(120, 100L).share());
    }

    @Test
    void priority_comes_before_turn_and_turn_before_time() {
        assertTrue(JobPriority.INTERACTIVE.rank(9_000) > JobPriority.NORMAL.rank(1));
        assertTrue(JobPriority.NORMAL.rank(1_000_000) > JobPriority.BULK.rank(0));
        assertTrue(JobPriority.BULK.rank(1) > JobPriority.BULK.rank(2));
        assertEquals(JobPriority.BULK.rank(20_000), JobPriority.BULK.rank(30_000), "so far behind, the older one is first");
    }

    private static Job job(long done, Long total) {
        return new Job(1, "sample.kind", null, JobState.RUNNING, done, total, "", null, 0, NOON, NOON, null);
    }
}
