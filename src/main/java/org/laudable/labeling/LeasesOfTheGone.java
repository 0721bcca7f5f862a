package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import org.jboss.logging.Logger;
import org.laudable.live.ProjectEvents;
import org.laudable.security.AccountChanged;

/** What somebody whose sessions are over still held goes back to the queue at once, not when the leases run out. */
@ApplicationScoped
class LeasesOfTheGone {
    private static final Logger LOG = Logger.getLogger(LeasesOfTheGone.class);

    private final LeaseRepository leases;
    private final Leasing leasing;
    private final ProjectEvents events;

    LeasesOfTheGone(LeaseRepository leases, Leasing leasing, ProjectEvents events) {
        this.leases = leases;
        this.leasing = leasing;
        this.events = events;
    }

    void giveBack(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccountChanged changed) {
        if (!changed.sessionsEnded()) {
            return;
        }
        try {
            leases.heldBy(changed.accountId()).forEach((project, tasks) -> {
                leasing.giveBack(changed.accountId(), tasks);
                events.publish(project, ProjectEvents.Kind.ANSWERS);
            });
        } catch (RuntimeException e) {
            LOG.warnf(e, "The leases of account %d were not given back; they run out by themselves", changed.accountId());
        }
    }
}
