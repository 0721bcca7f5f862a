package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.llm.RunCaps;
import org.laudable.loop.Note;
import org.laudable.loop.Run;
import org.laudable.loop.RunControl;
import org.laudable.loop.RunState;
import org.laudable.loop.Runs;
import org.laudable.model.BundleStore;
import org.laudable.model.LoadedStart;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectState;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.User;
import org.laudable.series.SeriesStore;

/** The series loop for people: a manager starts a run and ends its asking; a reviewer looks on. The rest is {@link RunControl}'s. */
@ApplicationScoped
public class DetectionService {
    private final Runs runs;
    private final DetectionReport report;
    private final ModelRepository models;
    private final JudgementRepository judgements;
    private final RunCaps caps;
    private final LoopJson json;
    private final RunControl control;
    private final SeriesStore store;
    private final ProjectAccess access;
    private final ProjectDirectory projects;
    private final BundleStore starts;
    private final AuditLog log;
    private final Sql sql;

    DetectionService(Runs runs, DetectionReport report, ModelRepository models, JudgementRepository judgements, RunCaps caps, LoopJson json,
            RunControl control, SeriesStore store, ProjectAccess access, ProjectDirectory projects, BundleStore starts, AuditLog log, Sql sql) {
        this.runs = runs;
        this.report = report;
        this.models = models;
        this.judgements = judgements;
        this.caps = caps;
        this.json = json;
        this.control = control;
        this.store = store;
        this.access = access;
        this.projects = projects;
        this.starts = starts;
        this.log = log;
        this.sql = sql;
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
        DetectionSettings settings = DetectionSettings.of(project, store.settings(projectId), language).beginningWith(starts.start(projectId).map(LoadedStart::bundleId));
        long id = runs.insert(projectId, json.write(settings), user.id()).orElseThrow(() -> control.alreadyRunning(projectId));
        models.takeOver(projectId, id, settings.fitKey());
        judgements.settings(projectId).filter(judge -> judge.modelId() != null).ifPresent(judge -> caps.set(id, judge.runCapMicros()));
        log.record("run.started", "run:" + id, projectId, Map.of("preset", settings.preset(), "acquisition", settings.acquisition(),
                "startModel", starts.start(projectId).map(LoadedStart::title).orElse("none")));
        control.announce(projectId);
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

    /** Asks no more; the series learn once more from what was answered, then the run is over. */
    @Transactional
    public void finish(long projectId) {
        User user = access.require(projectId, Role.MANAGER);
        Run run = control.lock(projectId, ProjectKind.SERIES);
        RunState from = run.state() == RunState.PAUSED ? run.leftState() : run.state();
        if (from != RunState.LABELING && from != RunState.TRAINING) {
            throw new Refused("The run is not asking questions now.");
        }
        runs.stoppedBy(run.id(), user.id(), Note.of("run.note.ended"));
        control.clearQueue(run);
        runs.move(run.id(), RunState.TRAINING);
        control.changed(run, "run.finishing");
    }
}
