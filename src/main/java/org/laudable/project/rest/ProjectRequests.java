package org.laudable.project.rest;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.laudable.project.LabelingSettings;
import org.laudable.project.LoopSettings;
import org.laudable.project.Project;
import org.laudable.project.ProjectKind;

/** What a caller sends about projects. */
final class ProjectRequests {
    private ProjectRequests() {}

    @Schema(name = "NewProject", examples = "{\"kind\": \"TEXT\", \"name\": \"Tickets\", \"description\": \"a support ticket\","
            + " \"classes\": [{\"name\": \"billing\"}, {\"name\": \"bug\", \"description\": \"something is broken\"}]}")
    record Create(@NotNull ProjectKind kind, @NotBlank @Size(max = 120) String name, @Size(max = 2000) String description,
            @Schema(description = "Of a TEXT project; one of series has its three") @Size(max = 500) List<@NotNull @Valid NewClass> classes,
            @Schema(description = "Markdown") @Size(max = 200_000) String guideline) {}

    @Schema(name = "NewLabelClass")
    record NewClass(@NotBlank @Size(max = 200) String name, @Size(max = 2000) String description) {}

    /** What is absent stays as it is. */
    @Schema(name = "ProjectChange", examples = "{\"name\": \"Tickets 2030\", \"overlap\": 2}")
    record Change(@Size(min = 1, max = 120) String name, @Size(max = 2000) String description, @Min(1) @Max(20) Integer overlap,
            @Min(1) @Max(1440) Integer leaseMinutes, @Min(0) @Max(100_000) Integer auditSize, @Min(1) @Max(10_000) Integer batchSize,
            @Schema(description = "prior or confirm") String startMode, String strategy) {

        Project applyTo(Project now) {
            LabelingSettings labeling = now.labeling();
            LoopSettings loop = now.loop();
            return now.withGeneral(or(name, now.name()), or(description, now.description()))
                    .withLabeling(labeling.withPeople(or(overlap, labeling.overlap()), or(leaseMinutes, labeling.leaseMinutes()), labeling.more())
                            .withSizes(or(auditSize, labeling.auditSize()), or(batchSize, labeling.batchSize())))
                    .withLoop(new LoopSettings(or(startMode, loop.startMode()), or(strategy, loop.strategy()), loop.stopping(), loop.oracle()));
        }

        private static <T> T or(T value, T otherwise) {
            return value == null ? otherwise : value;
        }
    }
}
