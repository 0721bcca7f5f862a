package org.laudable.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The model a project's next run begins with.
 *
 * @param project where it was trained
 * @param version its run and round there
 * @param sha256  of its file
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ModelStart")
public record LoadedStart(long bundleId, String project, String version, String sha256, String loadedBy, Instant loadedAt, StartReport report) {

    /** How a card or a note names it. */
    public String title() {
        return "%s, version %s (SHA-256 %.12s…)".formatted(project, version, sha256);
    }
}
