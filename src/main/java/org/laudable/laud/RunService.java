package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.llm.OverBilled;
import org.laudable.llm.UsableModels;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.RunState;
import org.laudable.loop.RunWatch;
import org.laudable.project.OracleSettings;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectState;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.User;

/** The text loop for people: a manager starts, pauses, ends a run; a reviewer looks on. */
@ApplicationScoped
public class RunService {
    private final RunRepository runs;
    private final AuditSample audit;
    private final RunEnd ending;
    private final ModelAnswers answers;
    private final UsableModels models;
    private final RunReport report;
    private final RunWatch watch;
    private final ProjectAccess access;
    private final ProjectDirectory projects;
    private final ProjectEvents events;
    private final AuditLog log;
    private final Sql sql;
    private final TransactionSynchronizationRegistry transaction;

    RunService(RunRepository runs, AuditSample audit, RunEnd ending, ModelAnswers answers, UsableModels models, RunReport report, RunWatch watch, ProjectAccess access,
            ProjectDirectory projects, ProjectEvents events, AuditLog log, Sql sql, TransactionSynchronizationRegistry transaction) {
        this.runs = runs;
        this.audit = audit;
        this.ending = ending;
        this.answers = answers;
        this.models = models;
        this.report = report;
        this.watch = watch;
        this.access = access;
        this.projects = projects;
        this.events = events;
        this.log = log;
        this.sql = sql;
        this.transaction = transaction;
    }

    /** The project's unfinished run, else its newest; empty if it never had one. For reviewers and managers. */
    @Transactional
    public Optional<RunView> current(long projectId) {
        access.require(projectId, Role.REVIEWER);
        return runs.current(projectId).map(report::of);
    }

    /**
     * Starts a run with the project's settings as they are now; returns its id. For managers.
     *
     * @throws Refused if there is an unfinished run (it says who started it), or the project is not ready
     */
    @Transactional
    public long start(long projectId) {
        User user = access.require(projectId, Role.MANAGER);
        Project project = projects.get(projectId);
        check(project);
        String language = sql.first("select language from account where id = ?", row -> row.getString(1), user.id()).orElse("en");
        long id = runs.insert(projectId, RunSettings.of(project, language), user.id()).orElseThrow(() -> alreadyRunning(projectId));
        runs.capForModels(id, project.loop().oracle().runCapMicros());
        if (!runs.importing(projectId)) {
            audit.draw(projectId, project.labeling().auditSize());
            audit.ask(runs.find(id).orElseThrow());
        }
        log.record("run.started", "run:" + id, projectId, Map.of("strategy", project.loop().strategy(), "start", project.loop().startMode()));
        announce(projectId);
        return id;
    }

    private void check(Project project) {
        if (project.kind() != ProjectKind.TEXT) {
            throw new Refused("This loop is for texts; the project has series.");
        }
        OracleSettings oracle = project.loop().oracle();
        if ((oracle.asksModel() || oracle.startsByModel()) && (oracle.modelId() == null || !models.usable(oracle.modelId()))) {
            throw new Refused("The project's language model cannot be called now. Choose another one under Settings, or ask an administrator.");
        }
        if (project.state() == ProjectState.DRAFT) {
            throw new Refused("Finish the project's set-up first.");
        }
        if (project.state() == ProjectState.ARCHIVED) {
            throw new Refused("The project is archived. Bring it back under Settings, then start.");
        }
        if (projects.classes(project.id()).stream().filter(c -> !c.retired()).count() < 2) {
            throw new Refused("The project needs at least two classes. Add them under Settings, then start.");
        }
        boolean items = sql.number("select count(*) from (select 1 from item where project_id = ? limit 1) i", project.id()) > 0;
        if (!items && !runs.importing(project.id())) {
            throw new Refused("There are no texts yet. Import a file first.");
        }
    }

    private Refused alreadyRunning(long projectId) {
        return runs.current(projectId).flatMap(run -> runs.starter(run.id()))
                .map(name -> new Refused(name + " has started this run already; it goes on here."))
                .orElseGet(() -> new Refused("This run was started already; it goes on here."));
    }

    /** Questions leave the queue and nothing is trained until it is resumed; answers that are on their way count. */
    @Transactional
    public void pause(long projectId) {
        RunRow run = lock(projectId);
        if (!run.state().active()) {
            throw new Refused("The run is not going on, so it cannot be paused.");
        }
        runs.leave(run.id(), RunState.PAUSED, run.state(), null);
        ending.clearQueue(run);
        changed(run, "run.paused");
    }

    @Transactional
    public void resume(long projectId) {
        RunRow run = lock(projectId);
        if (run.state() != RunState.PAUSED) {
            throw new Refused("The run is not paused.");
        }
        runs.move(run.id(), run.leftState());
        audit.ask(run);
        changed(run, "run.resumed");
    }

    /** Ends the run for good; labels stay, the model labels nothing. */
    @Transactional
    public void stop(long projectId) {
        User user = access.require(projectId, Role.MANAGER);
        RunRow run = lock(projectId);
        if (run.state().ended() && run.state() != RunState.FAILED) {
            throw new Refused("The run is over already.");
        }
        runs.stopReason(run.id(), StopRules.PERSON, user.displayName() + " stopped it.");
        ending.end(run, RunState.STOPPED);
        changed(run, "run.stopped");
    }

    /** Asks no more training questions: people check a sample, then the model labels what it is sure enough of. */
    @Transactional
    public void finish(long projectId) {
        User user = access.require(projectId, Role.MANAGER);
        RunRow run = lock(projectId);
        RunState from = run.state() == RunState.PAUSED ? run.leftState() : run.state();
        if (from != RunState.LABELING && from != RunState.TRAINING) {
            throw new Refused("The run is not asking training questions now.");
        }
        if (run.roundNumber() < 2) {
            throw new Refused("No model has learned from answers yet. Label at least one batch first, or stop the run.");
        }
        runs.stopReason(run.id(), StopRules.PERSON, user.displayName() + " ended the asking.");
        ending.clearQueue(run);
        runs.move(run.id(), from == RunState.TRAINING ? RunState.TRAINING : RunState.CERTIFYING); // what is being trained is used
        changed(run, "run.finishing");
    }

    /** Sets what the run may spend on language models; null: only the project's cap holds. */
    @Transactional
    public void capForModels(long projectId, Long capMicros) {
        RunRow run = lock(projectId);
        if (capMicros != null && capMicros < 0) {
            throw new Refused("Amounts of money must be 0 or more.");
        }
        runs.capForModels(run.id(), capMicros);
        log.record("run.model-cap", "run:" + run.id(), projectId, Map.of("capMicros", capMicros == null ? "none" : capMicros));
        announce(projectId);
    }

    /** Has the language model asked again about everything it gave no answer to. */
    @Transactional
    public int askModelAgain(long projectId) {
        RunRow run = lock(projectId);
        int again = answers.retryAll(run.id());
        announce(projectId);
        return again;
    }

    /** A bill above the most a call could cost: the run stops until somebody has looked into it. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void overBilled(@Observes(during = TransactionPhase.AFTER_SUCCESS) OverBilled bill) {
        bill.runId().flatMap(runs::lock).filter(run -> run.state().active()).ifPresent(run -> {
            runs.leave(run.id(), RunState.PAUSED, run.state(),
                    "The provider billed a call above the most it could cost. See it under Calls, then resume.");
            ending.clearQueue(run);
            announce(run.projectId());
        });
    }

    /** Tries the failed step again. */
    @Transactional
    public void retry(long projectId) {
        RunRow run = lock(projectId);
        if (run.state() != RunState.FAILED) {
            throw new Refused("The run has not failed.");
        }
        runs.move(run.id(), run.leftState() == null ? RunState.PREPARING : run.leftState());
        changed(run, "run.retried");
    }

    private RunRow lock(long projectId) {
        access.require(projectId, Role.MANAGER);
        RunRow current = runs.current(projectId).orElseThrow(() -> new Refused("The project has no run yet."));
        return runs.lock(current.id()).orElseThrow();
    }

    private void changed(RunRow run, String action) {
        log.record(action, "run:" + run.id(), run.projectId(), Map.of("from", run.state().name()));
        announce(run.projectId());
    }

    /** Once the transaction is committed: pages and the loop itself look again. */
    private void announce(long projectId) {
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
