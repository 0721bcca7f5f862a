package org.laudable.llm;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;
import org.laudable.PeriodicTask;

/**
 * Settles calls whose process died while they were in flight. Whether the provider worked and billed is unknown, so the
 * whole reservation counts as spent, and the call is shown as UNKNOWN.
 */
@ApplicationScoped
class OverdueCalls {
    static final String UNKNOWN = "UNKNOWN";
    private static final Logger LOG = Logger.getLogger(OverdueCalls.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final CallRepository calls;
    private final Metering metering;
    private final PeriodicTask timer = new PeriodicTask("overdue-calls", this::settle, "Calls of unknown outcome were not found");

    OverdueCalls(CallRepository calls, Metering metering) {
        this.calls = calls;
        this.metering = metering;
    }

    void start(@Observes StartupEvent event, LaudableConfig config) {
        if (config.role().worksOnJobs()) {
            timer.start(FIRST, EVERY);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.stop();
    }

    void settle() {
        calls.overdue().forEach(this::settle);
    }

    private void settle(long call) {
        try {
            metering.settleFully(call, new Metering.Ending(UNKNOWN, "The process that made this call died before it ended.", 0), true);
        } catch (RuntimeException e) {
            LOG.warnf(e, "Call %d of unknown outcome was not settled; tried again in %d s", call, EVERY.toSeconds());
        }
    }
}
