package org.laudable.streaming;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;

/** Lets go of anomalies that nobody judged for long, every hour in each process that works on jobs; two at a time do no harm. */
@ApplicationScoped
class LiveCleaning {
    private static final Logger LOG = Logger.getLogger(LiveCleaning.class);
    private static final int FIRST_MINUTES = 2;
    private static final int EVERY_MINUTES = 60;
    private static final int AT_ONCE = 5_000;

    private final AnomalyRepository anomalies;
    private final Clock clock;
    private final Duration kept;
    private ScheduledExecutorService timer;

    LiveCleaning(AnomalyRepository anomalies, Clock clock, LaudableConfig config) {
        this.anomalies = anomalies;
        this.clock = clock;
        this.kept = config.live().keepUnjudged();
    }

    void start(@Observes StartupEvent started, LaudableConfig config) {
        if (config.role().worksOnJobs() && kept.isPositive()) {
            timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("live-cleaning").daemon().factory());
            timer.scheduleWithFixedDelay(this::look, FIRST_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    private void look() {
        try {
            clean();
        } catch (RuntimeException e) {
            LOG.warn("Old live anomalies could not be dropped; tried again in an hour", e);
        }
    }

    /** @return how many were dropped */
    int clean() {
        Instant before = clock.instant().minus(kept);
        int all = 0;
        int dropped;
        do {
            dropped = anomalies.dropUnjudged(before, AT_ONCE);
            all += dropped;
        } while (dropped == AT_ONCE);
        return all;
    }
}
