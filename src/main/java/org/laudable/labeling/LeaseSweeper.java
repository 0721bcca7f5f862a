package org.laudable.labeling;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.laudable.LaudableConfig;
import org.laudable.PeriodicTask;
import org.laudable.live.ProjectEvents;

/** Ends leases that have run out, also where nobody asks for a next task. */
@ApplicationScoped
class LeaseSweeper {
    private static final Duration EVERY = Duration.ofSeconds(20);

    private final TaskRepository tasks;
    private final Leasing leasing;
    private final ProjectEvents events;
    private final PeriodicTask timer = new PeriodicTask("lease-sweeper", this::sweep, "Leases that have run out were not taken back");

    LeaseSweeper(TaskRepository tasks, Leasing leasing, ProjectEvents events) {
        this.tasks = tasks;
        this.leasing = leasing;
        this.events = events;
    }

    void start(@Observes StartupEvent event, LaudableConfig config) {
        if (config.role().worksOnJobs()) {
            timer.start(EVERY);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.stop();
    }

    void sweep() {
        for (long project : tasks.projectsWithExpired()) {
            if (leasing.sweep(project) > 0) {
                events.publish(project, ProjectEvents.Kind.ANSWERS);
            }
        }
    }
}
