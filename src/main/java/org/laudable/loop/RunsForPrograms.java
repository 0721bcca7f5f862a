package org.laudable.loop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectService;
import org.laudable.security.OutOfReach;

/** Finds the loop of a project's kind and does with its run what a program asks. The loops check access. */
@ApplicationScoped
public class RunsForPrograms {
    private final ProjectService projects;
    private final Instance<RunPort> ports;

    RunsForPrograms(ProjectService projects, Instance<RunPort> ports) {
        this.projects = projects;
        this.ports = ports;
    }

    public void start(long projectId) {
        port(projectId).start(projectId);
    }

    public void finish(long projectId) {
        port(projectId).finish(projectId);
    }

    /** @throws OutOfReach if the project never had a run */
    public RunStatus status(long projectId) {
        return port(projectId).status(projectId).orElseThrow(() -> new OutOfReach("The project has no run yet."));
    }

    private RunPort port(long projectId) {
        ProjectKind kind = projects.find(projectId).kind();
        return ports.stream().filter(port -> port.kind() == kind).findFirst().orElseThrow();
    }
}
