package org.laudable;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Work that a process does again and again on a thread of its own, with the same pause after each run. A run that fails says so
 * in the log, and the next one comes all the same.
 */
public final class PeriodicTask {
    private static final Logger LOG = Logger.getLogger(PeriodicTask.class);
    /** So long a run that is under way may take to end; there are many tasks, and a process has to stop soon. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    private final String name;
    private final Runnable run;
    private final String failed;
    private ScheduledExecutorService timer;

    /**
     * @param name   of the thread
     * @param failed what was not done when a run fails, for the log: "Leases that have run out were not taken back"
     */
    public PeriodicTask(String name, Runnable run, String failed) {
        this.name = name;
        this.run = run;
        this.failed = failed;
    }

    /** Runs after one period for the first time. */
    public void start(Duration period) {
        start(period, period);
    }

    /**
     * Once.
     *
     * @param first  the time until the first run
     * @param period the pause between the end of a run and the next
     */
    public void start(Duration first, Duration period) {
        timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name(name).daemon().factory());
        timer.scheduleWithFixedDelay(() -> runOnce(period), first.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** No run begins any more; one that is under way may end. Nothing, if it was never started. */
    public void stop() {
        if (timer == null) {
            return;
        }
        timer.shutdown();
        try {
            if (!timer.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce(Duration period) {
        try {
            run.run();
        } catch (RuntimeException | Error e) { // whatever comes out of here would end the task for good
            LOG.warn(failed + "; tried again in " + said(period), e);
        }
    }

    private static String said(Duration period) {
        return period.toHours() > 0 ? period.toMinutes() + " min" : period.toSeconds() > 0 ? period.toSeconds() + " s" : period.toMillis() + " ms";
    }
}
