package org.laudable.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import org.laudable.live.ProjectEvents;

/** Passes committed changes of projects on to open pages. */
@ApplicationScoped
class ProjectNews {
    private final ProjectEvents events;

    ProjectNews(ProjectEvents events) {
        this.events = events;
    }

    void pass(@Observes(during = TransactionPhase.AFTER_SUCCESS) ProjectChanged change) {
        events.publish(change.projectId(), change.kind());
    }
}
