package org.laudable.streaming;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.laudable.Refused;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;
import org.laudable.model.BundleStore;
import org.laudable.model.KeptModel;
import org.laudable.model.ModelService;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectKind;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.User;

/** Which model of a series project may score live: nothing does that no manager approved. For managers; on record. */
@ApplicationScoped
public class LiveApprovals {
    private final DetectorRepository detectors;
    private final BundleStore files;
    private final ModelService models;
    private final ProjectDirectory projects;
    private final JobService jobs;
    private final Telling telling;
    private final ProjectAccess access;
    private final AuditLog log;

    LiveApprovals(DetectorRepository detectors, BundleStore files, ModelService models, ProjectDirectory projects, JobService jobs, Telling telling,
            ProjectAccess access, AuditLog log) {
        this.detectors = detectors;
        this.files = files;
        this.models = models;
        this.projects = projects;
        this.jobs = jobs;
        this.telling = telling;
        this.access = access;
        this.log = log;
    }

    /** Versions that can be approved: those kept as files, newest first. */
    public List<String> choices(long projectId) {
        access.require(projectId, Role.MANAGER);
        return models.list(projectId).stream().filter(model -> model.state() == KeptModel.State.READY).map(KeptModel::version).toList();
    }

    /**
     * Has a model score from now on, in place of the one before, as soon as it is made ready; no process starts anew for that.
     *
     * @throws Refused if the version has no file
     */
    @Transactional
    public void approve(long projectId, String version) {
        User person = access.require(projectId, Role.MANAGER);
        if (projects.get(projectId).kind() != ProjectKind.SERIES) {
            throw new Refused("Only models of series score live.");
        }
        if (files.kept(projectId, version).isEmpty()) {
            throw new Refused("There is no file of model %s. Make it on the run's page, then approve it.".formatted(version));
        }
        long approval = detectors.prepare(projectId, version, person.id());
        detectors.job(approval, jobs.submit(PrepareJob.KIND, projectId, JsonNodeFactory.instance.objectNode().put("approval", approval), person.id(),
                JobPriority.INTERACTIVE));
        log.record("live.approved", "model:" + version, projectId, Map.of("version", version));
        telling.changed(projectId);
    }

    /** Nothing scores live any more; what was found stays. */
    @Transactional
    public void end(long projectId) {
        access.require(projectId, Role.MANAGER);
        if (!detectors.endAll(projectId)) {
            throw new Refused("No model scores live in this project.");
        }
        log.record("live.ended", "project:" + projectId, projectId, Map.of());
        telling.changed(projectId);
    }
}
