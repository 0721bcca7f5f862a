package org.laudable.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;
import org.laudable.ChangedMeanwhile;
import org.laudable.Refused;
import org.laudable.live.ProjectEvents.Kind;
import org.laudable.security.AuditLog;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;
import org.postgresql.util.PSQLException;

/** Projects and their settings, for the person at work: every call checks what they may do. */
@ApplicationScoped
public class ProjectService {
    private static final int LONGEST_GUIDELINE = 200_000;
    private static final String CHANGED_MEANWHILE =
            "Somebody else changed these settings a moment ago. Reload the page to see theirs, then make your change again.";

    private final ProjectRepository projects;
    private final LabelClassRepository classes;
    private final GuidelineRepository guidelines;
    private final ProjectAccess access;
    private final CurrentUser currentUser;
    private final AuditLog audit;
    private final Event<ProjectChanged> changed;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ProjectService(ProjectRepository projects, LabelClassRepository classes, GuidelineRepository guidelines,
            ProjectAccess access, CurrentUser currentUser, AuditLog audit, Event<ProjectChanged> changed, Clock clock) {
        this.clock = clock;
        this.projects = projects;
        this.classes = classes;
        this.guidelines = guidelines;
        this.access = access;
        this.currentUser = currentUser;
        this.audit = audit;
        this.changed = changed;
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
        return projects.visibleTo(user.id(), user.admin()).stream().filter(row -> access.inReach(row.id))
                .map(projects::toRecord).toList();
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

    /** The newest versions of the guidelines, newest first. For every member. */
    @Transactional
    public List<Guideline> guidelineVersions(long projectId) {
        access.require(projectId, Role.ANNOTATOR);
        return guidelines.versions(projectId, 100);
    }

    /** Starts a text project as a draft; anyone signed in may, and becomes its manager. */
    @Transactional
    public Project create(String name, String description) {
        User user = access.requireNewProject();
        return insert(blank(name, description, LabelingSettings.DEFAULTS), ProjectKind.TEXT, user, Map.of("name", name.strip()));
    }

    /** Starts a project of time series as a draft, with its three classes; anyone signed in may, and becomes its manager. */
    @Transactional
    public Project createSeries(String name, String description, SeriesClassNames names) {
        User user = access.requireNewProject();
        Project fresh = insert(blank(name, description, LabelingSettings.SERIES_DEFAULTS), ProjectKind.SERIES, user, Map.of("name", name.strip(), "kind", "SERIES"));
        for (Meaning meaning : Meaning.values()) {
            classes.add(fresh.id(), meaning.ordinal(), names.of(meaning), "", meaning);
        }
        projects.addSeriesSettings(fresh.id(), null);
        return fresh;
    }

    /**
     * Saves the settings a manager changed: name, description, labelling, loop and budget.
     *
     * @throws Refused if a value is out of bounds, or somebody else saved settings after {@code changed.version()}
     */
    @Transactional
    public Project update(Project project) {
        ProjectEntity row = manage(project.id());
        ProjectRules.check(project);
        if (row.version != project.version()) {
            throw new ChangedMeanwhile(CHANGED_MEANWHILE);
        }
        Project before = projects.toRecord(row);
        projects.apply(project, row);
        flush();
        Project after = projects.toRecord(row);
        audit.changed("project.changed", "project:" + project.id(), project.id(), before, after);
        changed.fire(new ProjectChanged(project.id(), Kind.SETTINGS));
        return after;
    }

    /** Ends the set-up: the project takes labels from now on. */
    @Transactional
    public Project activate(long projectId) {
        ProjectEntity row = manage(projectId);
        if (row.state == ProjectState.ACTIVE) {
            return projects.toRecord(row);
        }
        ProjectRules.check(projects.toRecord(row));
        if (classes.ofProject(projectId).stream().filter(c -> !c.retired()).count() < 2) {
            throw new Refused("A project needs at least two classes to choose from. Add another class.");
        }
        return enter(row, ProjectState.ACTIVE, "project.activated");
    }

    /** Puts a project away: everything stays readable, nothing can be labeled. */
    @Transactional
    public Project archive(long projectId) {
        return enter(manage(projectId), ProjectState.ARCHIVED, "project.archived");
    }

    /** Takes a project back from the archive. */
    @Transactional
    public Project unarchive(long projectId) {
        ProjectEntity row = manage(projectId);
        boolean ready = classes.ofProject(projectId).stream().filter(c -> !c.retired()).count() >= 2;
        return enter(row, ready ? ProjectState.ACTIVE : ProjectState.DRAFT, "project.unarchived");
    }

    /** A new draft with the same settings, classes and guidelines; no data, no labels, no members but the creator. */
    @Transactional
    public Project cloneSetup(long projectId, String newName) {
        Project original = projects.toRecord(manage(projectId));
        User user = access.requireNewProject();
        ProjectEntity row = new ProjectEntity();
        projects.apply(original.withGeneral(newName.strip(), original.description()), row);
        Project copy = insert(row, original.kind(), user, Map.of("name", newName.strip(), "clonedFrom", projectId));
        int ordinal = 0;
        for (LabelClass kept : classes.ofProject(projectId)) {
            if (!kept.retired()) {
                classes.add(copy.id(), ordinal++, kept.name(), kept.description(), kept.meaning());
            }
        }
        if (original.kind() == ProjectKind.SERIES) {
            projects.addSeriesSettings(copy.id(), projectId);
        }
        guidelines.newest(projectId).ifPresent(g -> guidelines.add(copy.id(), g.markdown(), user.id()));
        return copy;
    }

    /**
     * Deletes a project with everything in it, for good.
     *
     * @param typedName must be the project's name: the person confirms by typing it
     */
    @Transactional
    public void delete(long projectId, String typedName) {
        ProjectEntity row = manage(projectId);
        if (!row.name.strip().equals(typedName.strip())) {
            throw new Refused("The name you typed is not the project's. Nothing was deleted.");
        }
        projects.deleteWithContent(projectId);
        audit.record("project.deleted", "project:" + projectId, projectId, Map.of("name", row.name));
    }

    /** Saves a new version of the guidelines; the same text again saves nothing. For reviewers and managers. */
    @Transactional
    public Guideline saveGuideline(long projectId, String markdown) {
        access.require(projectId, Role.REVIEWER);
        if (markdown.length() > LONGEST_GUIDELINE) {
            throw new Refused("The guidelines are longer than 200,000 characters. Shorten them.");
        }
        Optional<Guideline> newest = guidelines.newest(projectId);
        if (newest.filter(g -> g.markdown().equals(markdown)).isEmpty()) {
            guidelines.add(projectId, markdown, currentUser.require().id());
            int before = newest.map(Guideline::number).orElse(0);
            note("guideline.saved", projectId, Map.of("version", Map.of("before", before, "after", before + 1)));
        }
        return guidelines.newest(projectId).orElseThrow();
    }

    private ProjectEntity blank(String name, String description, LabelingSettings labeling) {
        ProjectEntity row = new ProjectEntity();
        projects.apply(new Project(0, 0, ProjectKind.TEXT, name.strip(), description.strip(), ProjectState.DRAFT,
                labeling, LoopSettings.DEFAULTS, BudgetSettings.DEFAULTS, 0, Instant.EPOCH), row);
        return row;
    }

    private Project insert(ProjectEntity row, ProjectKind kind, User creator, Map<String, ?> details) {
        row.kind = kind;
        row.state = ProjectState.DRAFT;
        row.seed = random.nextLong() >>> 1;
        row.createdBy = creator.id();
        row.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ProjectRules.name(row.name);
        projects.persistAndFlush(row);
        projects.addMember(row.id, creator.id(), Role.MANAGER);
        audit.record("project.created", "project:" + row.id, row.id, details);
        return projects.toRecord(row);
    }

    private void flush() {
        try {
            projects.flush();
        } catch (PersistenceException e) {
            if (e instanceof ConstraintViolationException violation && violation.getSQLException() instanceof PSQLException refused
                    && refused.getServerErrorMessage() != null
                    && "project_cap_covers_budget".equals(refused.getServerErrorMessage().getConstraint())) {
                throw new Refused("The cap is below what is already spent or set aside for questions that are out. Choose a higher one.");
            }
            if (e instanceof OptimisticLockException) {
                throw new ChangedMeanwhile(CHANGED_MEANWHILE);
            }
            throw e;
        }
    }

    private ProjectEntity manage(long projectId) {
        access.require(projectId, Role.MANAGER);
        return projects.findById(projectId);
    }

    private Project enter(ProjectEntity row, ProjectState state, String action) {
        row.state = state;
        projects.flush();
        note(action, row.id, Map.of());
        return projects.toRecord(row);
    }

    private void note(String action, long projectId, Map<String, ?> details) {
        audit.record(action, "project:" + projectId, projectId, details);
        changed.fire(new ProjectChanged(projectId, Kind.SETTINGS));
    }
}
