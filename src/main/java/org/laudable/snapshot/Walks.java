package org.laudable.snapshot;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.laudable.Refused;

/** Lets only a few read whole snapshots at a time: each reads all rows, and those who label shall not wait for that. */
@ApplicationScoped
class Walks {
    static final int PER_PROJECT = 2;
    private static final int ALTOGETHER = 12;
    private static final int WAIT_SECONDS = 2;

    private final Map<Long, Semaphore> ofProjects = new ConcurrentHashMap<>();
    private final Semaphore all = new Semaphore(ALTOGETHER, true);

    /** @throws Refused if others still read after a moment */
    <T> T one(long projectId, Supplier<T> walk) {
        Semaphore ofProject = ofProjects.computeIfAbsent(projectId, id -> new Semaphore(PER_PROJECT, true));
        return within(ofProject, () -> within(all, walk));
    }

    private static <T> T within(Semaphore places, Supplier<T> walk) {
        try {
            if (!places.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Refused("Others are comparing or checking snapshots just now. Try again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("The reading of the snapshot was stopped.");
        }
        try {
            return walk.get();
        } finally {
            places.release();
        }
    }
}
