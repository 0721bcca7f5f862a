package org.laudable.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;

/** Projects and their settings, for the person at work: every call checks what they may do. */
@ApplicationScoped
public class ProjectService {
    private final ProjectRepository projects;
    private final LabelClassRepository classes;
    private final GuidelineRepository guidelines;
    private final ProjectAccess access;
    private final CurrentUser currentUser;

    ProjectService(ProjectRepository projects, LabelClassRepository classes, GuidelineRepository guidelines,
            ProjectAccess access, CurrentUser currentUser) {
        this.projects = projects;
        this.classes = classes;
        this.guidelines = guidelines;
        this.access = access;
        this.currentUser = currentUser;
    }

    /** For every member. */
    @Transactional
    public Project find(long projectId) {
        access.require(projectId, Role.ANNOTATOR);
        return projects.toRecord(projects.findById(projectId));
    }

    /** The projects the signed-in person works in, by name; an administrator sees all. */
    @Transactional
    public List<Project> mine() {
        User user = currentUser.require();
        return projects.visibleTo(user.id(), user.admin()).stream().map(projects::toRecord).toList();
    }

    /** Retired ones too, in their order. For every member. */
    @Transactional
    public List<LabelClass> classes(long projectId) {
        access.require(projectId, Role.ANNOTATOR);
        return classes.ofProject(projectId);
    }

    /** The newest version of the guidelines. For every member. */
    @Transactional
    public Optional<Guideline> guideline(long projectId) {
        access.require(projectId, Role.ANNOTATOR);
        return guidelines.newest(projectId);
    }
}
