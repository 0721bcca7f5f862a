package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/**
 * Sees to it that no question waits for people who cannot answer it any more: a reservation ends, or a reviewer decides.
 * Checks no access.
 */
@ApplicationScoped
class Stranded {
    private final LimitRepository limits;
    private final TaskRepository tasks;
    private final Answering answering;

    Stranded(LimitRepository limits, TaskRepository tasks, Answering answering) {
        this.limits = limits;
        this.tasks = tasks;
        this.answering = answering;
    }

    /** After somebody was paused, limited, or left the team. */
    @Transactional
    void settle(long projectId) {
        limits.freeReservations(projectId, null);
        tasks.terms(projectId).ifPresent(terms -> limits.perhapsStranded(projectId)
                .forEach(task -> answering.lookAgain(terms, task)));
    }
}
