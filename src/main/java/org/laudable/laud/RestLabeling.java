package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.loop.Run;
import org.laudable.loop.RunControl;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectKind;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.User;

/**
 * Has the model of a finished run label the texts that have no label, such as those that came in later: in chunks, on all
 * workers, up to a cap. Managers order it, reviewers look on.
 */
@ApplicationScoped
public class RestLabeling {
    private final RunRepository runs;
    private final SweepRepository repository;
    private final Sweeps sweeps;
    private final RunControl control;
    private final ProjectAccess access;
    private final ProjectDirectory projects;
    private final AuditLog log;

    RestLabeling(RunRepository runs, SweepRepository repository, Sweeps sweeps, RunControl control, ProjectAccess access, ProjectDirectory projects,
            AuditLog log) {
        this.runs = runs;
        this.repository = repository;
        this.sweeps = sweeps;
        this.control = control;
        this.access = access;
        this.projects = projects;
        this.log = log;
    }

    /**
     * What is going on with a project's texts.
     *
     * @param sweeps    those of the newest run that are unfinished, and the last one a manager ordered
     * @param possible  whether one can be ordered now
     * @param certified whether the model's own labels are proved, so that no least confidence need be named
     */
    public record Now(List<SweepView> sweeps, boolean possible, boolean certified) {

        /** Whether texts are being embedded. */
        public boolean embeds() {
            return sweeps.stream().anyMatch(sweep -> sweep.kind().equals(Sweep.Kind.EMBED.name()) && !sweep.ended());
        }
    }

    /** For reviewers and managers. */
    @Transactional
    public Now now(long projectId) {
        access.require(projectId, Role.REVIEWER);
        Optional<RunRow> run = runs.current(projectId);
        if (run.isEmpty()) {
            return new Now(List.of(), false, false);
        }
        List<Sweep> shown = new java.util.ArrayList<>(repository.unfinished(run.get().id()));
        repository.newest(run.get().id(), Sweep.Kind.REST).filter(sweep -> sweep.state().ended()).ifPresent(shown::add);
        boolean possible = run.get().state().ended() && run.get().roundNumber() > 0
                && shown.stream().noneMatch(sweep -> sweep.kind() == Sweep.Kind.REST && !sweep.state().ended());
        return new Now(shown.stream().map(sweep -> SweepView.of(sweep, repository.pace(sweep.id()))).toList(), possible, certificate(run.get()).isPresent());
    }

    /**
     * Labels what has no label, in the background. For managers.
     *
     * @param cap   at most so many labels; null: no cap
     * @param least the least confidence of a label, in (0, 1]; null: the thresholds that the run's certificate proved
     * @throws Refused if the run is not over, has no model, or proved nothing and no confidence is named
     */
    @Transactional
    public void order(long projectId, Long cap, Float least) {
        User user = access.require(projectId, Role.MANAGER);
        RunRow run = runs.lock(control.lock(projectId, ProjectKind.TEXT).id()).orElseThrow();
        if (!run.state().ended()) {
            throw new Refused("The run goes on, and labels the rest by itself when it ends. Finish or stop it first.");
        }
        if (run.roundNumber() == 0) {
            throw new Refused("The run has no model yet.");
        }
        if (cap != null && cap < 1) {
            throw new Refused("The cap must be 1 or more.");
        }
        if (least != null && !(least > 0 && least <= 1)) {
            throw new Refused("The least confidence must be above 0 and at most 100 %.");
        }
        CertificationState certificate = certificate(run).orElse(null);
        if (least == null && certificate == null) {
            throw new Refused("The run proved nothing of its model's own labels. Say how sure the model must be at least.");
        }
        Map<Long, Float> thresholds = least == null ? certificate.thresholds() : everyClass(projectId, least);
        int version = least == null ? certificate.modelVersion() : run.roundNumber() - 1;
        sweeps.begin(run, Sweep.Kind.REST, version, thresholds, cap, user.id()).orElseThrow(() -> new Refused("The rest is being labeled already."));
        log.record("rest.ordered", "run:" + run.id(), projectId, Map.of("cap", cap == null ? "none" : cap, "least", least == null ? "certified" : least));
        control.announce(projectId);
    }

    private static Optional<CertificationState> certificate(RunRow run) {
        return run.certifying().filter(one -> one.outcome() == CertificationState.Outcome.CERTIFIED && one.modelVersion() == run.roundNumber() - 1);
    }

    private Map<Long, Float> everyClass(long projectId, float least) {
        Map<Long, Float> thresholds = new HashMap<>();
        Schema.of(projects.classes(projectId)).ids().forEach(id -> thresholds.put(id, least));
        return thresholds;
    }

    /** Stops where it is; {@link #resume} goes on there. For managers. */
    @Transactional
    public void pause(long projectId) {
        Sweep sweep = mine(projectId);
        if (sweep.state() == Sweep.State.PAUSED) {
            throw new Refused("It is paused already.");
        }
        repository.state(sweep.id(), Sweep.State.PAUSED, null);
        noted(sweep, "rest.paused");
    }

    @Transactional
    public void resume(long projectId) {
        Sweep sweep = mine(projectId);
        if (sweep.state() != Sweep.State.PAUSED) {
            throw new Refused("It is not paused.");
        }
        sweeps.goOn(sweep);
        noted(sweep, "rest.resumed");
    }

    /** For good; labels that are there stay. For managers. */
    @Transactional
    public void stop(long projectId) {
        Sweep sweep = mine(projectId);
        repository.state(sweep.id(), Sweep.State.STOPPED, null);
        noted(sweep, "rest.stopped");
    }

    private Sweep mine(long projectId) {
        access.require(projectId, Role.MANAGER);
        return runs.current(projectId).flatMap(run -> repository.newest(run.id(), Sweep.Kind.REST)).flatMap(sweep -> repository.lock(sweep.id()))
                .filter(sweep -> !sweep.state().ended()).orElseThrow(() -> new Refused("The rest is not being labeled now."));
    }

    private void noted(Sweep sweep, String action) {
        log.record(action, "run:" + sweep.runId(), sweep.projectId(), Map.of("sweep", sweep.id()));
        control.announce(sweep.projectId());
    }
}
