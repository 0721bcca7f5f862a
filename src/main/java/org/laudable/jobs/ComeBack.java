package org.laudable.jobs;

import java.time.Duration;

/** Tells db-scheduler to come back to a job later: it failed, or this process cannot take it now. */
final class ComeBack extends RuntimeException {
    private final transient Duration after;

    ComeBack(Duration after, Throwable cause) {
        super(cause);
        this.after = after;
    }

    Duration after() {
        return after;
    }
}
