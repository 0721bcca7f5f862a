package org.laudable.loop.rest;

import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.laudable.api.StrictJson;
import org.laudable.loop.PredictForPrograms;
import org.laudable.loop.Predictions;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;

/** The trained model as an endpoint. */
@Authenticated
@Path("/api/v1/projects/{projectId}/predict")
@Blocking
@ForTokens(TokenAction.PREDICT)
@Tag(name = "Predictions")
@Produces(MediaType.APPLICATION_JSON)
class PredictResource {
    private final PredictForPrograms models;

    PredictResource(PredictForPrograms models) {
        this.models = models;
    }

    /** Texts, or windows of series; never both. */
    @Schema(name = "PredictRequest", examples = "{\"texts\": [\"The invoice is wrong\"]}")
    record Question(@Size(max = 1000) List<@NotBlank @Size(max = 100_000) String> texts, @Size(max = 100) List<@NotNull @Valid Window> windows) {}

    @Schema(name = "PredictWindow")
    record Window(@NotNull Long seriesId, @NotEmpty @Size(max = 10_000) List<@NotNull @Valid Point> points) {
        Predictions.Window window() {
            return new Predictions.Window(seriesId, points.stream().map(one -> new Predictions.Point(one.at(), one.values())).toList());
        }
    }

    @Schema(name = "SeriesPoint", examples = "{\"at\": \"2030-01-31T12:00:00Z\", \"values\": [1.5, null]}")
    record Point(@NotNull Instant at, @Schema(description = "One per channel; null where there is none") @NotEmpty @Size(max = 500) List<Double> values) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @Operation(operationId = "predict", summary = "What the project's newest model says of texts or windows; nothing is stored")
    public Predictions predict(@RestPath long projectId, @Valid @NotNull Question request) {
        return models.predict(projectId, request.texts() == null ? List.of() : request.texts(),
                request.windows() == null ? List.of() : request.windows().stream().map(Window::window).toList());
    }
}
