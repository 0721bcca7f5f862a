package org.laudable.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A model of a project, with or without its file.
 *
 * @param state   AVAILABLE: it can be made into a file; MAKING: that is going on; READY: the file is here; FAILED: see {@code error}
 * @param newest  whether it is the project's newest
 * @param bytes   of the file; null until it is here
 * @param sha256  of the file
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Model")
public record KeptModel(String version, State state, boolean newest, Long bytes, String sha256, String error, Instant madeAt) {

    @Schema(name = "ModelState")
    public enum State {
        AVAILABLE, MAKING, READY, FAILED
    }
}
