package org.laudable.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.laudable.Refused;

/** Makes a project with its classes and guidelines in one go: all of it or nothing. */
@ApplicationScoped
public class ProjectSetup {
    private final ProjectService projects;
    private final ClassService classes;

    ProjectSetup(ProjectService projects, ClassService classes) {
        this.projects = projects;
        this.classes = classes;
    }

    /** @param description null: none */
    public record NamedClass(String name, String description) {}

    /**
     * A draft that belongs to whoever makes it.
     *
     * @param named     of a text project; a project of series has its three
     * @param guideline null: none
     */
    @Transactional
    public Project create(ProjectKind kind, String name, String description, List<NamedClass> named, String guideline) {
        if (kind == ProjectKind.SERIES && !named.isEmpty()) {
            throw new Refused("A project of series has three classes of its own. Leave the classes out.");
        }
        String text = description == null ? "" : description;
        Project made = kind == ProjectKind.TEXT ? projects.create(name, text) : projects.createSeries(name, text, SeriesClassNames.ENGLISH);
        if (!named.isEmpty()) {
            classes.add(made.id(), named.stream().map(one -> new ClassService.NewClass(one.name(), one.description() == null ? "" : one.description())).toList());
        }
        if (guideline != null && !guideline.isBlank()) {
            projects.saveGuideline(made.id(), guideline);
        }
        return projects.find(made.id());
    }
}
