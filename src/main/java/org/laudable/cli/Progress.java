package org.laudable.cli;

import java.io.PrintWriter;
import java.util.function.BiConsumer;

/** Tells how far a long command is, with the time left, every few seconds. */
final class Progress implements BiConsumer<Long, Long> {
    private static final long EVERY_NANOS = 5_000_000_000L;

    private final PrintWriter out;
    private final long started = System.nanoTime();
    private long told = started;

    Progress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void accept(Long done, Long all) {
        long now = System.nanoTime();
        if (now - told < EVERY_NANOS || done == 0 || done > all) {
            return;
        }
        told = now;
        long left = Math.round((now - started) / 1e9 * (all - done) / done);
        out.printf("%d %%, about %d s left%n", 100 * done / all, left);
        out.flush();
    }
}
