package org.laudable.project.rest;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.laudable.project.LabelClass;
import org.laudable.project.Meaning;
import org.laudable.project.Project;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectState;

/** A project as REST shows it. */
@Schema(name = "Project")
record ProjectJson(long id, int version, ProjectKind kind, String name, String description, ProjectState state, Settings settings,
        List<ClassJson> classes, Instant createdAt) {

    /** How the project labels and learns. */
    @Schema(name = "ProjectSettings")
    record Settings(int overlap, int leaseMinutes, int auditSize, int batchSize, String startMode, String strategy, String oracle) {}

    @Schema(name = "LabelClass")
    record ClassJson(long id, String name, String description, boolean retired,
            @Schema(description = "In projects of series: ANOMALY, NORMAL or EXPECTED") Meaning meaning) {
        static ClassJson of(LabelClass one) {
            return new ClassJson(one.id(), one.name(), one.description(), one.retired(), one.meaning());
        }
    }

    static ProjectJson of(Project project, List<LabelClass> classes) {
        return new ProjectJson(project.id(), project.version(), project.kind(), project.name(), project.description(), project.state(),
                new Settings(project.labeling().overlap(), project.labeling().leaseMinutes(), project.labeling().auditSize(),
                        project.labeling().batchSize(), project.loop().startMode(), project.loop().strategy(), project.loop().oracle().oracle()),
                classes.stream().map(ClassJson::of).toList(), project.createdAt());
    }

    /** A page of projects. */
    @Schema(name = "ProjectPage")
    record Page(List<Line> projects, @Schema(description = "The cursor of the next page; absent on the last one") String next) {}

    /** A project in a list. */
    @Schema(name = "ProjectLine")
    record Line(long id, ProjectKind kind, String name, ProjectState state, Instant createdAt) {
        static Line of(Project project) {
            return new Line(project.id(), project.kind(), project.name(), project.state(), project.createdAt());
        }
    }
}
