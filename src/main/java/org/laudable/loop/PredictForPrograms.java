package org.laudable.loop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import org.laudable.Refused;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;

/** Finds the model of a project's kind. For reviewers and managers. */
@ApplicationScoped
public class PredictForPrograms {
    private final ProjectService projects;
    private final ProjectAccess access;
    private final Instance<PredictPort> ports;

    PredictForPrograms(ProjectService projects, ProjectAccess access, Instance<PredictPort> ports) {
        this.projects = projects;
        this.access = access;
        this.ports = ports;
    }

    /** @throws Refused if there is no model yet, or the question is not of the project's kind */
    public Predictions predict(long projectId, List<String> texts, List<Predictions.Window> windows) {
        access.require(projectId, Role.REVIEWER);
        ProjectKind kind = projects.find(projectId).kind();
        if (kind == ProjectKind.TEXT ? texts.isEmpty() || !windows.isEmpty() : windows.isEmpty() || !texts.isEmpty()) {
            throw new Refused(kind == ProjectKind.TEXT ? "Send 'texts': this is a project of texts." : "Send 'windows': this is a project of series.");
        }
        return ports.stream().filter(port -> port.kind() == kind).findFirst().orElseThrow().predict(projectId, texts, windows);
    }
}
