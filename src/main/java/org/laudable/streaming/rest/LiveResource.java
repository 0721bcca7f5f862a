package org.laudable.streaming.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.laudable.api.Cursor;
import org.laudable.api.Idempotency;
import org.laudable.api.StrictJson;
import org.laudable.project.Meaning;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;
import org.laudable.streaming.LiveAnomaly;
import org.laudable.streaming.LiveApprovals;
import org.laudable.streaming.LiveBoard;
import org.laudable.streaming.LiveHarvest;
import org.laudable.streaming.LiveScoring;
import org.laudable.streaming.LiveService;

/** Live scoring for programs. */
@Authenticated
@Path("/api/v1/projects/{projectId}")
@Blocking
@Tag(name = "Live")
@Produces(MediaType.APPLICATION_JSON)
class LiveResource {
    private final LiveScoring scoring;
    private final LiveService live;
    private final LiveApprovals approvals;
    private final LiveHarvest harvest;
    private final Idempotency idempotency;

    LiveResource(LiveScoring scoring, LiveService live, LiveApprovals approvals, LiveHarvest harvest, Idempotency idempotency) {
        this.scoring = scoring;
        this.live = live;
        this.approvals = approvals;
        this.harvest = harvest;
        this.idempotency = idempotency;
    }

    @Schema(name = "LivePoint", examples = "{\"at\": \"2030-01-31T12:00:00Z\", \"values\": [1.5, null]}")
    record PointJson(@NotNull Instant at, @Schema(description = "One per channel; null where there is none") @NotEmpty @Size(max = 500) List<Double> values) {}

    @Schema(name = "LivePoints")
    record Points(@Schema(description = "In any order; they are scored in the order of time") @NotEmpty @Size(max = 10_000) List<@NotNull @Valid PointJson> points) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "LiveScores")
    record Scores(List<LiveScoring.Said> points) {}

    @Schema(name = "LiveApproval")
    record Approval(@Schema(description = "Of a model that has a file: run and round, as '7-3'") @NotBlank @Size(max = 40) String version) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "LiveAnomalyPage")
    record Page(List<LiveAnomaly> anomalies, @Schema(description = "The cursor of the next page; absent on the last one") String next) {}

    @Schema(name = "LiveVerdict")
    record Verdict(@Schema(description = "Absent: takes the word back") Meaning meaning, @Size(max = 2_000) String comment) {}

    @Schema(name = "LiveTakenIn")
    record TakenIn(int answers) {}

    @POST
    @Path("/series/{seriesId}/live")
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @ForTokens(TokenAction.WRITE_ITEMS)
    @Operation(operationId = "scoreLivePoints", summary = "Scores points as they come, with the approved model; the series itself does not grow")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Scores.class)))
    public Response score(@RestPath long projectId, @RestPath long seriesId, @Valid @NotNull Points request, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, request, () -> Response.ok(new Scores(scoring.score(projectId, seriesId,
                request.points().stream().map(one -> new LiveScoring.Point(one.at(), one.values())).toList()))).build());
    }

    @GET
    @Path("/live")
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "getLive", summary = "What scores live, each series' last scores, rate and drift, and the newest anomalies")
    public LiveBoard board(@RestPath long projectId) {
        return live.board(projectId);
    }

    @GET
    @Path("/live/anomalies")
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "listLiveAnomalies", summary = "Anomalies found live, the newest first")
    public Page anomalies(@RestPath long projectId, @RestQuery String cursor, @RestQuery @DefaultValue("100") @Min(1) @Max(Cursor.MOST) int limit) {
        long before = Cursor.read(cursor);
        List<LiveAnomaly> page = live.older(projectId, before == 0 ? Long.MAX_VALUE : before, limit);
        return new Page(page, Cursor.after(page, limit, LiveAnomaly::id));
    }

    @PUT
    @Path("/live/anomalies/{anomalyId}/verdict")
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @ForTokens(TokenAction.ANNOTATE)
    @Operation(operationId = "judgeLiveAnomaly", summary = "Says what an anomaly is")
    public LiveAnomaly judge(@RestPath long projectId, @RestPath long anomalyId, @Valid @NotNull Verdict verdict) {
        return live.judge(projectId, anomalyId, verdict.meaning(), verdict.comment());
    }

    @POST
    @Path("/live/take-in")
    @ForTokens(TokenAction.WRITE_ITEMS)
    @Operation(operationId = "takeInLiveAnomalies", summary = "Adds judged anomalies to their series and makes answers of what was said")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TakenIn.class)))
    public Response takeIn(@RestPath long projectId, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, Map.of(), () -> Response.ok(new TakenIn(harvest.takeIn(projectId))).build());
    }

    @PUT
    @Path("/live/model")
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @ForTokens(TokenAction.MANAGE_RUNS)
    @Operation(operationId = "approveLiveModel", summary = "Has a model score live, in place of the one before")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = LiveBoard.class)))
    public Response approve(@RestPath long projectId, @Valid @NotNull Approval approval) {
        approvals.approve(projectId, approval.version());
        return Response.accepted(live.board(projectId)).build();
    }

    @DELETE
    @Path("/live/model")
    @ForTokens(TokenAction.MANAGE_RUNS)
    @Operation(operationId = "endLiveModel", summary = "Nothing scores live any more")
    public void end(@RestPath long projectId) {
        approvals.end(projectId);
    }
}
