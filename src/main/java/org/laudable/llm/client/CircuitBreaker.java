package org.laudable.llm.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Stops calling a provider that fails every time: after ten failures in a row it is left alone for twenty seconds, then
 * one call tries whether it is back.
 */
public final class CircuitBreaker {
    private static final int FAILURES = 10;
    private static final long OPEN_NANOS = Duration.ofSeconds(20).toNanos();

    private final LongSupplier nanos;
    private int failures;
    private long openedAt;
    private boolean probing;

    public CircuitBreaker() {
        this(System::nanoTime);
    }

    CircuitBreaker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether a call may be made now. One that may must end in {@link #worked}, {@link #failed} or {@link #unused}. */
    public synchronized boolean allows() {
        if (failures < FAILURES) {
            return true;
        }
        if (probing || nanos.getAsLong() - openedAt < OPEN_NANOS) {
            return false;
        }
        probing = true;
        return true;
    }

    /** Whether calls are being held back. */
    public synchronized boolean isOpen() {
        return failures >= FAILURES;
    }

    public synchronized void worked() {
        failures = 0;
        probing = false;
    }

    public synchronized void failed() {
        failures++;
        probing = false;
        openedAt = nanos.getAsLong();
    }

    /** The call was not made after all. */
    public synchronized void unused() {
        probing = false;
    }
}
