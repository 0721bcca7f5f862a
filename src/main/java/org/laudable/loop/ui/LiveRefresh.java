package org.laudable.loop.ui;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs a refresh when news come, at most once per interval, the last news never lost. Work happens on virtual threads. */
public final class LiveRefresh {
    private final Duration interval;
    private final Runnable refresh;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile long last = System.nanoTime() - Duration.ofHours(1).toNanos();

    public LiveRefresh(Duration interval, Runnable refresh) {
        this.interval = interval;
        this.refresh = refresh;
    }

    public void news() {
        if (waiting.compareAndSet(false, true)) {
            Thread.ofVirtual().start(this::refreshSoon);
        }
    }

    private void refreshSoon() {
        long wait = interval.toNanos() - (System.nanoTime() - last);
        if (wait > 0) {
            java.util.concurrent.locks.LockSupport.parkNanos(wait);
        }
        last = System.nanoTime();
        waiting.set(false);
        refresh.run();
    }
}
