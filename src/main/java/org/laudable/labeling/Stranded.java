package org.laudable.labeling;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;
import org.laudable.live.ProjectEvents;
import org.laudable.project.MembersChanged;

/**
 * Sees to it that no question waits for people who cannot answer it any more: a reservation ends, or a reviewer decides.
 * Looks after somebody was paused, limited, came or left, in the background and task by task, so that nobody who answers
 * waits for it; and after a start, for what a killed process left. Checks no access.
 */
@ApplicationScoped
class Stranded {
    private static final Logger LOG = Logger.getLogger(Stranded.class);

    private final LimitRepository limits;
    private final TaskRepository tasks;
    private final Answering answering;
    private final ProjectEvents events;

    Stranded(LimitRepository limits, TaskRepository tasks, Answering answering, ProjectEvents events) {
        this.limits = limits;
        this.tasks = tasks;
        this.answering = answering;
        this.events = events;
    }

    void onMembers(@Observes(during = TransactionPhase.AFTER_SUCCESS) MembersChanged news) {
        inBackground(List.of(news.projectId()));
    }

    void onStart(@Observes StartupEvent event, LaudableConfig config) {
        if (config.role().worksOnJobs()) {
            inBackground(limits.projectsWithLimits());
        }
    }

    private void inBackground(List<Long> projects) {
        Thread.ofVirtual().name("stranded-questions").start(() -> projects.forEach(project -> {
            try {
                settle(project);
                events.publish(project, ProjectEvents.Kind.ANSWERS);
            } catch (RuntimeException e) { // looked at again after the next change, or start
                LOG.warnf(e, "Questions of project %d that nobody is left for were not looked at", project);
            }
        }));
    }

    /** Each question in a transaction of its own. */
    void settle(long projectId) {
        limits.freeReservations(projectId, null);
        tasks.terms(projectId).ifPresent(terms -> limits.perhapsStranded(projectId)
                .forEach(task -> answering.lookAgain(terms, task)));
    }
}
