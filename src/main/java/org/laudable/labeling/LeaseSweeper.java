package org.laudable.labeling;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;
import org.laudable.live.ProjectEvents;

/** Ends leases that have run out, also where nobody asks for a next task. */
@ApplicationScoped
class LeaseSweeper {
    private static final Logger LOG = Logger.getLogger(LeaseSweeper.class);
    private static final int EVERY_SECONDS = 20;

    private final TaskRepository tasks;
    private final Leasing leasing;
    private final ProjectEvents events;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("lease-sweeper").factory());

    LeaseSweeper(TaskRepository tasks, Leasing leasing, ProjectEvents events) {
        this.tasks = tasks;
        this.leasing = leasing;
        this.events = events;
    }

    void start(@Observes StartupEvent event, LaudableConfig config) {
        if (!config.role().worksOnJobs()) {
            return;
        }
        timer.scheduleWithFixedDelay(this::sweep, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    void sweep() {
        try {
            for (long project : tasks.projectsWithExpired()) {
                if (leasing.sweep(project) > 0) {
                    events.publish(project, ProjectEvents.Kind.ANSWERS);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("Leases that have run out were not taken back; tried again in " + EVERY_SECONDS + " s", e);
        }
    }
}
