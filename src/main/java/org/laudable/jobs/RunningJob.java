package org.laudable.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BooleanSupplier;

/** The context of one try; writes progress at most twice a second. Used by one thread. */
final class RunningJob implements JobContext {
    private static final long WRITE_NANOS = 500_000_000L;

    private final Job job;
    private final JsonNode payload;
    private final JobRepository.Try mine;
    private final JobRepository jobs;
    private final BooleanSupplier stopping;
    private long lastWrite = System.nanoTime() - WRITE_NANOS;
    private long lastCheck = lastWrite;
    private Runnable pending;
    private boolean cancelled;

    RunningJob(Job job, JsonNode payload, JobRepository.Try mine, JobRepository jobs, BooleanSupplier stopping) {
        this.job = job;
        this.payload = payload;
        this.mine = mine;
        this.jobs = jobs;
        this.stopping = stopping;
    }

    @Override
    public long id() {
        return job.id();
    }

    @Override
    public Long projectId() {
        return job.projectId();
    }

    @Override
    public JsonNode payload() {
        return payload;
    }

    @Override
    public int attempt() {
        return mine.failures() + 1;
    }

    @Override
    public void progress(long done, long total, String message) {
        pending = () -> cancelled |= jobs.progress(mine, done, total, message);
        if (System.nanoTime() - lastWrite >= WRITE_NANOS) {
            flush();
        }
    }

    @Override
    public boolean cancelled() {
        if (!cancelled && System.nanoTime() - lastCheck >= WRITE_NANOS) {
            lastCheck = System.nanoTime();
            cancelled = jobs.stopRequested(mine);
        }
        cancelled |= stopping.getAsBoolean();
        return cancelled;
    }

    void flush() {
        if (pending != null) {
            pending.run();
            pending = null;
            lastWrite = System.nanoTime();
        }
    }

    boolean sawCancel() {
        return cancelled;
    }
}
