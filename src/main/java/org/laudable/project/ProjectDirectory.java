package org.laudable.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Projects for background work; checks no access. */
@ApplicationScoped
public class ProjectDirectory {
    private final ProjectRepository projects;
    private final LabelClassRepository classes;
    private final GuidelineRepository guidelines;

    ProjectDirectory(ProjectRepository projects, LabelClassRepository classes, GuidelineRepository guidelines) {
        this.projects = projects;
        this.classes = classes;
        this.guidelines = guidelines;
    }

    /** @throws NoSuchElementException if there is none (any more) */
    @Transactional
    public Project get(long projectId) {
        return projects.findByIdOptional(projectId).map(projects::toRecord)
                .orElseThrow(() -> new NoSuchElementException("There is no project " + projectId));
    }

    /** Retired ones too, in their order. */
    @Transactional
    public List<LabelClass> classes(long projectId) {
        return classes.ofProject(projectId);
    }

    /** The newest version. */
    @Transactional
    public Optional<Guideline> guideline(long projectId) {
        return guidelines.newest(projectId);
    }
}
