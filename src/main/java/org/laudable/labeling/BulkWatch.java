package org.laudable.labeling;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import org.laudable.LaudableConfig;
import org.laudable.PeriodicTask;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;

/** Has small bulk actions finished in the background that a killed process was just carrying out. */
@ApplicationScoped
class BulkWatch {
    private static final Duration EVERY = Duration.ofSeconds(20);
    /** So long its own process is taken to be carrying it out. */
    private static final Duration AT_WORK = Duration.ofMinutes(1);

    private final BulkRepository actions;
    private final JobService jobs;
    private final PeriodicTask timer = new PeriodicTask("bulk-watch", this::look, "Unfinished bulk actions were not looked at");
    /** When this process starts, none is its own. */
    private Duration left = Duration.ZERO;

    BulkWatch(BulkRepository actions, JobService jobs) {
        this.actions = actions;
        this.jobs = jobs;
    }

    void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 600) StartupEvent event, LaudableConfig config) {
        if (config.role().worksOnJobs()) {
            timer.start(Duration.ZERO, EVERY);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.stop();
    }

    private void look() {
        look(left);
        left = AT_WORK;
    }

    /** One that somebody is still carrying out is only helped: each piece is done once. */
    void look(Duration since) {
        actions.unfinished(BulkService.AT_ONCE, since).stream().flatMap(id -> actions.find(id).stream())
                .forEach(action -> jobs.submitOnce(BulkJob.KIND, action.projectId(),
                        JsonNodeFactory.instance.objectNode().put("actionId", action.id()), action.createdBy(), JobPriority.NORMAL));
    }
}
