package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.live.ProjectEvents;
import org.laudable.llm.RunCaps;
import org.laudable.loop.Run;
import org.laudable.loop.RunState;
import org.laudable.loop.RunWatch;
import org.laudable.loop.Runs;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectState;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.User;
import org.laudable.series.SeriesStore;

/** The series loop for people: a manager starts, pauses, ends a run; a reviewer looks on. */
@ApplicationScoped
public class DetectionService {
    private final Runs runs;
    private final DetectionEnd ending;
    private final DetectionReport report;
    private final ModelRepository models;
    private final JudgementRepository judgements;
    private final RunCaps caps;
    private final LoopJson json;
    private final RunWatch watch;
    private final SeriesStore store;
    private final ProjectAccess access;
    private final ProjectDirectory projects;
    private final ProjectEvents events;
    private final AuditLog log;
    private final Sql sql;
    private final TransactionSynchronizationRegistry transaction;

    DetectionService(Runs runs, DetectionEnd ending, DetectionReport report, ModelRepository models, JudgementRepository judgements, RunCaps caps, LoopJson json, RunWatch watch,
            SeriesStore store, ProjectAccess access, ProjectDirectory projects, ProjectEvents events, AuditLog log, Sql sql,
            TransactionSynchronizationRegistry transaction) {
        this.runs = runs;
        this.ending = ending;
        this.report = report;
        this.models = models;
        this.judgements = judgements;
        this.caps = caps;
        this.json = json;
        this.watch = watch;
        this.store = store;
        this.access = access;
        this.projects = projects;
        this.events = events;
        this.log = log;
        this.sql = sql;
        this.transaction = transaction;
    }

    /** The project's unfinished run, else its newest; empty if it never had one. For reviewers and managers. */
    @Transactional
    public Optional<DetectionView> current(long projectId) {
        access.require(projectId, Role.REVIEWER);
        return runs.current(projectId).filter(run -> run.kind() == ProjectKind.SERIES).map(report::of);
    }

    /**
     * Starts a run with the project's settings as they are now; returns its id. Series that an earlier run with the same
     * settings has fitted are taken over. For managers.
     *
     * @throws Refused if there is an unfinished run (it says who started it), or the project is not ready
     */
    @Transactional
    public long start(long projectId) {
        User user = access.require(projectId, Role.MANAGER);
        Project project = projects.get(projectId);
        check(project);
        String language = sql.first("select language from account where id = ?", row -> row.getString(1), user.id()).orElse("en");
        DetectionSettings settings = DetectionSettings.of(project, store.settings(projectId), language);
        long id = runs.insert(projectId, json.write(settings), user.id()).orElseThrow(() -> alreadyRunning(projectId));
        models.takeOver(projectId, id, settings.fitKey());
        judgements.settings(projectId).filter(judge -> judge.modelId() != null).ifPresent(judge -> caps.set(id, judge.runCapMicros()));
        log.record("run.started", "run:" + id, projectId, Map.of("preset", settings.preset(), "acquisition", settings.acquisition()));
        announce(projectId);
        return id;
    }

    private void check(Project project) {
        if (project.kind() != ProjectKind.SERIES) {
            throw new Refused("This loop is for series; the project has texts.");
        }
        if (project.state() == ProjectState.DRAFT) {
            throw new Refused("Finish the project's set-up first.");
        }
        if (project.state() == ProjectState.ARCHIVED) {
            throw new Refused("The project is archived. Bring it back under Settings, then start.");
        }
        if (store.ofProject(project.id()).isEmpty() && !runs.importing(project.id())) {
            throw new Refused("There are no series yet. Import a file first.");
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
        Run run = lock(projectId);
        if (!run.state().active()) {
            throw new Refused("The run is not going on, so it cannot be paused.");
        }
        runs.leave(run.id(), RunState.PAUSED, run.state(), null);
        ending.clearQueue(run);
        changed(run, "run.paused");
    }

    @Transactional
    public void resume(long projectId) {
        Run run = lock(projectId);
        if (run.state() != RunState.PAUSED) {
            throw new Refused("The run is not paused.");
        }
        runs.move(run.id(), run.leftState());
        changed(run, "run.resumed");
    }

    /** Ends the run at once; answers and what was found stay. */
    @Transactional
    public void stop(long projectId) {
        User user = access.require(projectId, Role.MANAGER);
        Run run = lock(projectId);
        if (run.state().ended() && run.state() != RunState.FAILED) {
            throw new Refused("The run is over already.");
        }
        runs.stopReason(run.id(), "person", user.displayName() + " stopped it.");
        ending.end(run, RunState.STOPPED);
        changed(run, "run.stopped");
    }

    /** Asks no more; the series learn once more from what was answered, then the run is over. */
    @Transactional
    public void finish(long projectId) {
        User user = access.require(projectId, Role.MANAGER);
        Run run = lock(projectId);
        RunState from = run.state() == RunState.PAUSED ? run.leftState() : run.state();
        if (from != RunState.LABELING && from != RunState.TRAINING) {
            throw new Refused("The run is not asking questions now.");
        }
        runs.stopReason(run.id(), "person", user.displayName() + " ended the asking.");
        ending.clearQueue(run);
        runs.move(run.id(), RunState.TRAINING);
        changed(run, "run.finishing");
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

    private Run lock(long projectId) {
        access.require(projectId, Role.MANAGER);
        Run current = runs.current(projectId).filter(run -> run.kind() == ProjectKind.SERIES)
                .orElseThrow(() -> new Refused("The project has no run yet."));
        return runs.lock(current.id()).orElseThrow();
    }

    private void changed(Run run, String action) {
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
