package org.laudable.loop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.live.ProjectEvents;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectKind;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.User;

/** What a manager does with a project's run, whatever its loop: pause, resume, stop, try again. Checks access. */
@ApplicationScoped
public class RunControl {
    /** The stopping rule of a run that a person ended. */
    public static final String BY_PERSON = "person";

    private final Runs runs;
    private final RunWatch watch;
    private final ProjectAccess access;
    private final ProjectEvents events;
    private final AuditLog log;
    private final TransactionSynchronizationRegistry transaction;

    RunControl(Runs runs, RunWatch watch, ProjectAccess access, ProjectEvents events, AuditLog log, TransactionSynchronizationRegistry transaction) {
        this.runs = runs;
        this.watch = watch;
        this.access = access;
        this.events = events;
        this.log = log;
        this.transaction = transaction;
    }

    /** Questions leave the queue and nothing is trained until it is resumed; answers that are on their way count. */
    @Transactional
    public void pause(long projectId) {
        Run run = lock(projectId);
        if (!run.state().active()) {
            throw new Refused("The run is not going on, so it cannot be paused.");
        }
        runs.leave(run.id(), RunState.PAUSED, run.state(), null);
        clearQueue(run);
        changed(run, "run.paused");
    }

    @Transactional
    public void resume(long projectId) {
        Run run = lock(projectId);
        if (run.state() != RunState.PAUSED) {
            throw new Refused("The run is not paused.");
        }
        runs.move(run.id(), run.leftState());
        watch.loopOf(run).resumed(run);
        changed(run, "run.resumed");
    }

    /** Ends the run at once and for good; answers and labels stay. */
    @Transactional
    public void stop(long projectId) {
        User user = access.require(projectId, Role.MANAGER);
        Run run = lock(projectId);
        if (run.state().ended() && run.state() != RunState.FAILED) {
            throw new Refused("The run is over already.");
        }
        runs.stoppedBy(run.id(), user.id(), Note.of("run.note.stopped"));
        watch.loopOf(run).end(run, RunState.STOPPED);
        changed(run, "run.stopped");
    }

    /** Tries the failed step again. */
    @Transactional
    public void retry(long projectId) {
        Run run = lock(projectId);
        if (run.state() != RunState.FAILED) {
            throw new Refused("The run has not failed.");
        }
        runs.move(run.id(), run.leftState() == null ? RunState.PREPARING : run.leftState());
        changed(run, "run.retried");
    }

    /**
     * The run of a project of this kind, for a change that a manager makes in this transaction.
     *
     * @throws Refused if there never was one
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Run lock(long projectId, ProjectKind kind) {
        access.require(projectId, Role.MANAGER);
        return lock(runs.current(projectId).filter(run -> run.kind() == kind));
    }

    private Run lock(long projectId) {
        access.require(projectId, Role.MANAGER);
        return lock(runs.current(projectId));
    }

    private Run lock(Optional<Run> current) {
        return runs.lock(current.orElseThrow(() -> new Refused("The project has no run yet.")).id()).orElseThrow();
    }

    /** Takes the questions that nobody holds out of the queue. */
    public void clearQueue(Run run) {
        watch.loopOf(run).clearQueue(run);
    }

    /** Why no second run is started. */
    public Refused alreadyRunning(long projectId) {
        return runs.current(projectId).flatMap(run -> runs.starter(run.id()))
                .map(name -> new Refused(name + " has started this run already; it goes on here."))
                .orElseGet(() -> new Refused("This run was started already; it goes on here."));
    }

    /** Writes down who changed the run, and announces it. */
    public void changed(Run run, String action) {
        log.record(action, "run:" + run.id(), run.projectId(), Map.of("from", run.state().name()));
        announce(run.projectId());
    }

    /** Once the transaction is committed: pages and the loop itself look again. */
    public void announce(long projectId) {
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    watch.wake(projectId);
                    events.publish(projectId, ProjectEvents.Kind.RUN);
                }
            }
        });
    }
}
