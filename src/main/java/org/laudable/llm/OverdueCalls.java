package org.laudable.llm;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;

/**
 * Settles calls whose process died while they were in flight. Whether the provider worked and billed is unknown, so the
 * whole reservation counts as spent, and the call is shown as UNKNOWN.
 */
@ApplicationScoped
class OverdueCalls {
    static final String UNKNOWN = "UNKNOWN";
    private static final Logger LOG = Logger.getLogger(OverdueCalls.class);
    private static final int EVERY_SECONDS = 30;

    private final CallRepository calls;
    private final Metering metering;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("overdue-calls").factory());

    OverdueCalls(CallRepository calls, Metering metering) {
        this.calls = calls;
        this.metering = metering;
    }

    void start(@Observes StartupEvent event, LaudableConfig config) {
        if (!config.role().worksOnJobs()) {
            return;
        }
        timer.scheduleWithFixedDelay(this::settle, 1, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    void settle() {
        try {
            calls.overdue().forEach(this::settle);
        } catch (RuntimeException e) {
            LOG.warn("Calls of unknown outcome were not found; tried again in " + EVERY_SECONDS + " s", e);
        }
    }

    private void settle(long call) {
        try {
            metering.settleFully(call, new Metering.Ending(UNKNOWN, "The process that made this call died before it ended.", 0), true);
        } catch (RuntimeException e) {
            LOG.warnf(e, "Call %d of unknown outcome was not settled; tried again in %d s", call, EVERY_SECONDS);
        }
    }
}
