package org.laudable.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.laudable.Refused;
import org.laudable.live.ProjectEvents.Kind;
import org.laudable.security.AuditLog;

/** The classes of a project, edited by its managers. A label is never lost: a class in use is retired or merged. */
@ApplicationScoped
public class ClassService {
    private static final int MOST_CLASSES = 1_000;

    private final LabelClassRepository classes;
    private final ProjectRepository projects;
    private final ProjectAccess access;
    private final AuditLog audit;
    private final Event<ProjectChanged> changed;

    ClassService(LabelClassRepository classes, ProjectRepository projects, ProjectAccess access, AuditLog audit,
            Event<ProjectChanged> changed) {
        this.classes = classes;
        this.projects = projects;
        this.access = access;
        this.audit = audit;
        this.changed = changed;
    }

    /** A class to be. */
    public record NewClass(String name, String description) {}

    /** Adds classes at the end, in the order given; names that are there already (in any case) are refused. */
    @Transactional
    public List<LabelClass> add(long projectId, List<NewClass> added) {
        access.require(projectId, Role.MANAGER);
        editable(projectId);
        List<LabelClass> there = classes.ofProject(projectId);
        if (there.size() + added.size() > MOST_CLASSES) {
            throw new Refused("A project has at most 1,000 classes. Is the label column the right one?");
        }
        Map<String, String> names = there.stream().collect(Collectors.toMap(c -> folded(c.name()), LabelClass::name,
                (a, b) -> a, LinkedHashMap::new));
        int ordinal = there.stream().mapToInt(LabelClass::ordinal).max().orElse(-1) + 1;
        for (NewClass one : added) {
            String name = one.name().strip();
            ProjectRules.className(name);
            if (names.putIfAbsent(folded(name), name) != null) {
                throw new Refused("There is already a class '" + name + "'. Give the new one another name.");
            }
            classes.add(projectId, ordinal++, name, one.description().strip());
        }
        note("classes.added", projectId, Map.of("names", added.stream().map(NewClass::name).toList()));
        return classes.ofProject(projectId);
    }

    /** Gives a class another name or description; its labels keep it. */
    @Transactional
    public void rename(long projectId, long classId, String name, String description) {
        LabelClassEntity row = manage(projectId, classId);
        ProjectRules.className(name.strip());
        if (classes.ofProject(projectId).stream()
                .anyMatch(c -> c.id() != classId && folded(c.name()).equals(folded(name)))) {
            throw new Refused("There is already a class '" + name.strip() + "'. To join the two, remove one and move its labels.");
        }
        Map<String, String> before = Map.of("name", row.name, "description", row.description);
        row.name = name.strip();
        row.description = description.strip();
        classes.flush();
        audit.changed("class.changed", "class:" + classId, projectId, before, Map.of("name", row.name, "description", row.description));
        changed.fire(new ProjectChanged(projectId, Kind.SETTINGS));
    }

    /** Puts the classes in this order. */
    @Transactional
    public void reorder(long projectId, List<Long> order) {
        access.require(projectId, Role.MANAGER);
        for (LabelClassEntity row : classes.rowsOf(projectId)) {
            int place = order.indexOf(row.id);
            row.ordinal = place < 0 ? order.size() + row.ordinal : place;
        }
        note("classes.reordered", projectId, Map.of("order", order));
    }

    /** How much hangs on a class. For managers. */
    @Transactional
    public ClassUsage usage(long projectId, long classId) {
        manage(projectId, classId);
        return classes.usage(projectId, classId);
    }

    /**
     * Removes a class that nothing hangs on.
     *
     * @throws Refused if it has labels: {@link #retire} it or {@link #merge} it
     */
    @Transactional
    public void remove(long projectId, long classId) {
        LabelClassEntity row = manage(projectId, classId);
        editable(projectId);
        ClassUsage usage = classes.usage(projectId, classId);
        if (usage.used()) {
            throw new Refused("'%s' has %,d labels. Retire it (they stay) or move them to another class."
                    .formatted(row.name, Math.max(usage.labels(), usage.known())));
        }
        keepTwo(projectId, row);
        String name = row.name;
        classes.delete(row);
        note("class.removed", projectId, Map.of("class", classId, "name", name));
    }

    /** Takes a class out of the choice; its labels stay. */
    @Transactional
    public void retire(long projectId, long classId) {
        LabelClassEntity row = manage(projectId, classId);
        editable(projectId);
        keepTwo(projectId, row);
        row.retired = true;
        note("class.retired", projectId, Map.of("class", classId, "name", row.name));
    }

    /** Offers a retired class again. */
    @Transactional
    public void restore(long projectId, long classId) {
        LabelClassEntity row = manage(projectId, classId);
        row.retired = false;
        note("class.restored", projectId, Map.of("class", classId, "name", row.name));
    }

    /** Moves all labels of a class to another and retires it. What people answered stays in each item's history. */
    @Transactional
    public void merge(long projectId, long fromClassId, long intoClassId) {
        LabelClassEntity from = manage(projectId, fromClassId);
        LabelClassEntity into = manage(projectId, intoClassId);
        editable(projectId);
        if (fromClassId == intoClassId || into.retired) {
            throw new Refused("Choose another class, one in use, to move the labels to.");
        }
        keepTwo(projectId, from);
        long moved = classes.moveLabels(projectId, fromClassId, intoClassId, "moved from '" + from.name + "'");
        from.retired = true;
        note("class.merged", projectId, Map.of("from", from.name, "into", into.name, "labels", moved));
    }

    private LabelClassEntity manage(long projectId, long classId) {
        access.require(projectId, Role.MANAGER);
        LabelClassEntity row = classes.findById(classId);
        if (row == null || row.projectId != projectId) {
            throw new Refused("This class is not there any more. Reload the page.");
        }
        return row;
    }

    /** The detector knows the three classes of a series project by what they mean; they can be renamed, no more. */
    private void editable(long projectId) {
        if (projects.findById(projectId).kind == ProjectKind.SERIES) {
            throw new Refused("A project of time series has the three classes anomaly, normal and expected. They can be renamed only.");
        }
    }

    private void keepTwo(long projectId, LabelClassEntity leaving) {
        long others = classes.ofProject(projectId).stream().filter(c -> !c.retired() && c.id() != leaving.id).count();
        if (!leaving.retired && others < 2 && projects.findById(projectId).state == ProjectState.ACTIVE) {
            throw new Refused("A project needs at least two classes to choose from. Add another class first.");
        }
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private void note(String action, long projectId, Map<String, ?> details) {
        audit.record(action, "project:" + projectId, projectId, details);
        changed.fire(new ProjectChanged(projectId, Kind.SETTINGS));
    }
}
