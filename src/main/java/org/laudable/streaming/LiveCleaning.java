package org.laudable.streaming;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.laudable.LaudableConfig;
import org.laudable.PeriodicTask;

/** Lets go of anomalies that nobody judged for long, every hour in each process that works on jobs; two at a time do no harm. */
@ApplicationScoped
class LiveCleaning {
    private static final Duration FIRST = Duration.ofMinutes(2);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int AT_ONCE = 5_000;

    private final AnomalyRepository anomalies;
    private final Clock clock;
    private final Duration kept;
    private final PeriodicTask timer = new PeriodicTask("live-cleaning", this::clean, "Old live anomalies could not be dropped");

    LiveCleaning(AnomalyRepository anomalies, Clock clock, LaudableConfig config) {
        this.anomalies = anomalies;
        this.clock = clock;
        this.kept = config.live().keepUnjudged();
    }

    void start(@Observes StartupEvent started, LaudableConfig config) {
        if (config.role().worksOnJobs() && kept.isPositive()) {
            timer.start(FIRST, EVERY);
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        timer.stop();
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
