package org.laudable.llm.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A provider's limits, kept by this process: at most so many requests and tokens in any 60 seconds, so many calls at the
 * same time, and nothing at all while the provider asked for a pause (Retry-After).
 */
public final class ProviderGate {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final int requestsPerMinute;
    private final long tokensPerMinute;
    private final int concurrency;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Permit> recent = new ArrayDeque<>();
    private long recentTokens;
    private int running;
    private long pausedUntil;

    public ProviderGate(OptionalInt requestsPerMinute, OptionalInt tokensPerMinute, int concurrency) {
        this(requestsPerMinute, tokensPerMinute, concurrency, System::nanoTime);
    }

    ProviderGate(OptionalInt requestsPerMinute, OptionalInt tokensPerMinute, int concurrency, LongSupplier nanos) {
        this.requestsPerMinute = requestsPerMinute.orElse(Integer.MAX_VALUE);
        this.tokensPerMinute = tokensPerMinute.isPresent() ? tokensPerMinute.getAsInt() : Long.MAX_VALUE;
        this.concurrency = concurrency;
        this.nanos = nanos;
        this.pausedUntil = nanos.getAsLong();
    }

    /** The right to make one call now; closed when the call has ended. */
    public final class Permit implements AutoCloseable {
        private final long at;
        private long tokens;
        private boolean ended;

        private Permit(long at, long tokens) {
            this.at = at;
            this.tokens = tokens;
        }

        /** Corrects the estimate by what the provider counted. */
        public void used(long actualTokens) {
            lock.lock();
            try {
                if (recent.contains(this)) {
                    recentTokens += actualTokens - tokens;
                    tokens = actualTokens;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!ended) {
                    ended = true;
                    running--;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits for a permit, at most so long; empty if it would take longer. */
    public Optional<Permit> acquire(long tokens, Duration atMost) throws InterruptedException {
        long end = nanos.getAsLong() + atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = nanos.getAsLong();
                long wait = waitNanos(now, tokens);
                if (wait == 0) {
                    Permit permit = new Permit(now, tokens);
                    recent.addLast(permit);
                    recentTokens += tokens;
                    running++;
                    return Optional.of(permit);
                }
                long left = end - now;
                if (left <= 0 || wait != Long.MAX_VALUE && wait > left) {
                    return Optional.empty();
                }
                changed.awaitNanos(Math.min(wait, left));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody through for this long: the provider asked for it. */
    public void pause(Duration time) {
        lock.lock();
        try {
            pausedUntil = Math.max(pausedUntil, nanos.getAsLong() + time.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /** 0: go; {@link Long#MAX_VALUE}: until a running call ends. A request larger than the whole limit goes alone. */
    private long waitNanos(long now, long tokens) {
        while (!recent.isEmpty() && now - recent.getFirst().at >= MINUTE) {
            recentTokens -= recent.removeFirst().tokens;
        }
        if (now < pausedUntil) {
            return pausedUntil - now;
        }
        if (running >= concurrency) {
            return Long.MAX_VALUE;
        }
        boolean tooMany = recent.size() >= requestsPerMinute;
        boolean tooMuch = !recent.isEmpty() && recentTokens + tokens > tokensPerMinute;
        return tooMany || tooMuch ? Math.max(1, recent.getFirst().at + MINUTE - now) : 0;
    }
}
