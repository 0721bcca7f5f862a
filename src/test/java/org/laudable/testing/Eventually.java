package org.laudable.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens in the background, with a generous end: shared machines are slow. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Eventually() {}

    public static void holds(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Within " + PATIENCE.toMinutes() + " min it did not come true that " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
