package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.llm.OverBilled;
import org.laudable.llm.UsableModels;
import org.laudable.loop.Note;
import org.laudable.loop.Run;
import org.laudable.loop.RunControl;
import org.laudable.loop.RunState;
import org.laudable.model.BundleStore;
import org.laudable.model.LoadedStart;
import org.laudable.project.OracleSettings;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectState;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.User;

/** The text loop for people: a manager starts a run, ends its asking, caps its models; a reviewer looks on. The rest is {@link RunControl}'s. */
@ApplicationScoped
public class RunService {
    private final RunRepository runs;
    private final AuditSample audit;
    private final RunEnd ending;
    private final ModelAnswers answers;
    private final UsableModels models;
    private final RunReport report;
    private final RunControl control;
    private final ProjectAccess access;
    private final ProjectDirectory projects;
    private final BundleStore starts;
    private final AuditLog log;
    private final Sql sql;

    RunService(RunRepository runs, AuditSample audit, RunEnd ending, ModelAnswers answers, UsableModels models, RunReport report, RunControl control,
            ProjectAccess access, ProjectDirectory projects, BundleStore starts, AuditLog log, Sql sql) {
        this.runs = runs;
        this.audit = audit;
        this.ending = ending;
        this.answers = answers;
        this.models = models;
        this.report = report;
        this.control = control;
        this.access = access;
        this.projects = projects;
        this.starts = starts;
        this.log = log;
        this.sql = sql;
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
        long id = runs.insert(projectId, RunSettings.of(project, language).beginningWith(starts.start(projectId).map(LoadedStart::bundleId)), user.id()).orElseThrow(() -> control.alreadyRunning(projectId));
        runs.capForModels(id, project.loop().oracle().runCapMicros());
        if (!runs.importing(projectId)) {
            audit.draw(projectId, project.labeling().auditSize());
            audit.ask(runs.find(id).orElseThrow());
        }
        log.record("run.started", "run:" + id, projectId, Map.of("strategy", project.loop().strategy(), "start", project.loop().startMode(),
                "startModel", starts.start(projectId).map(LoadedStart::title).orElse("none")));
        control.announce(projectId);
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

    /** Asks no more training questions: people check a sample, then the model labels what it is sure enough of. */
    @Transactional
    public void finish(long projectId) {
        User user = access.require(projectId, Role.MANAGER);
        Run run = control.lock(projectId, ProjectKind.TEXT);
        RunState from = run.state() == RunState.PAUSED ? run.leftState() : run.state();
        if (from != RunState.LABELING && from != RunState.TRAINING) {
            throw new Refused("The run is not asking training questions now.");
        }
        if (run.roundNumber() < 2) {
            throw new Refused("No model has learned from answers yet. Label at least one batch first, or stop the run.");
        }
        runs.stoppedBy(run.id(), user.id(), Note.of("run.note.ended"));
        ending.clearQueue(projectId);
        runs.move(run.id(), from == RunState.TRAINING ? RunState.TRAINING : RunState.CERTIFYING); // what is being trained is used
        control.changed(run, "run.finishing");
    }

    /** Sets what the run may spend on language models; null: only the project's cap holds. */
    @Transactional
    public void capForModels(long projectId, Long capMicros) {
        Run run = control.lock(projectId, ProjectKind.TEXT);
        if (capMicros != null && capMicros < 0) {
            throw new Refused("Amounts of money must be 0 or more.");
        }
        runs.capForModels(run.id(), capMicros);
        log.record("run.model-cap", "run:" + run.id(), projectId, Map.of("capMicros", capMicros == null ? "none" : capMicros));
        control.announce(projectId);
    }

    /** Has the language model asked again about everything it gave no answer to. */
    @Transactional
    public int askModelAgain(long projectId) {
        Run run = control.lock(projectId, ProjectKind.TEXT);
        int again = answers.retryAll(run.id());
        control.announce(projectId);
        return again;
    }

    /** A bill above the most a call could cost: the run stops until somebody has looked into it. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void overBilled(@Observes(during = TransactionPhase.AFTER_SUCCESS) OverBilled bill) {
        bill.runId().flatMap(runs::lock).filter(run -> run.state().active()).ifPresent(run -> {
            runs.leave(run.id(), RunState.PAUSED, run.state(),
                    Note.of("run.note.overBilled"));
            ending.clearQueue(run.projectId());
            control.announce(run.projectId());
        });
    }
}
