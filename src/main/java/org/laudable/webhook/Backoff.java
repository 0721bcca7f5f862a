package org.laudable.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after an attempt that failed. */
final class Backoff {
    /** A delivery is tried for so long. */
    static final Duration GIVE_UP = Duration.ofDays(1);
    /** A webhook at which nothing has arrived for so long is paused. */
    static final Duration PAUSE = Duration.ofDays(3);
    private static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(15);

    private Backoff() {}

    /** For a delivery: twice as long each time, up to an hour, a fifth more or less so that many do not come at once. */
    static Duration afterAttempt(int attempts, RandomGenerator random) {
        return jittered(doubled(attempts, LONGEST), random);
    }

    /** For its webhook, so that a queue behind a dead address does not knock at it one by one. */
    static Duration rest(int failures, RandomGenerator random) {
        return jittered(doubled(failures, LONGEST_REST), random);
    }

    private static Duration doubled(int times, Duration most) {
        Duration wait = FIRST.multipliedBy(1L << Math.clamp(times - 1, 0, 20));
        return wait.compareTo(most) > 0 ? most : wait;
    }

    private static Duration jittered(Duration wait, RandomGenerator random) {
        return Duration.ofMillis((long) (wait.toMillis() * (0.8 + 0.4 * random.nextDouble())));
    }
}
