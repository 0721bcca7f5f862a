package org.laudable.loop.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.laudable.api.Idempotency;
import org.laudable.loop.RunControl;
import org.laudable.loop.RunStatus;
import org.laudable.loop.RunsForPrograms;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;

/** A project's run: start, follow, pause, end. A project has one unfinished run at most. */
@Authenticated
@Path("/api/v1/projects/{projectId}/run")
@Blocking
@Tag(name = "Runs")
@Produces(MediaType.APPLICATION_JSON)
class RunResource {
    private final RunsForPrograms runs;
    private final RunControl control;
    private final Idempotency idempotency;

    RunResource(RunsForPrograms runs, RunControl control, Idempotency idempotency) {
        this.runs = runs;
        this.control = control;
        this.idempotency = idempotency;
    }

    @GET
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "getRun", summary = "The unfinished run, else the newest")
    public RunStatus get(@RestPath long projectId) {
        return runs.status(projectId);
    }

    @POST
    @Path("/start")
    @ForTokens(TokenAction.MANAGE_RUNS)
    @Operation(operationId = "startRun", summary = "Starts a run with the project's settings as they are now")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = RunStatus.class)))
    public Response start(@RestPath long projectId, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, Map.of(), () -> {
            runs.start(projectId);
            return Response.status(201).entity(runs.status(projectId)).build();
        });
    }

    @POST
    @Path("/pause")
    @ForTokens(TokenAction.MANAGE_RUNS)
    @Operation(operationId = "pauseRun", summary = "Questions leave the queue and nothing is trained until it is resumed")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunStatus.class)))
    public Response pause(@RestPath long projectId, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, Map.of(), () -> {
            control.pause(projectId);
            return Response.ok(runs.status(projectId)).build();
        });
    }

    @POST
    @Path("/resume")
    @ForTokens(TokenAction.MANAGE_RUNS)
    @Operation(operationId = "resumeRun", summary = "Goes on with a paused run")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunStatus.class)))
    public Response resume(@RestPath long projectId, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, Map.of(), () -> {
            control.resume(projectId);
            return Response.ok(runs.status(projectId)).build();
        });
    }

    @POST
    @Path("/stop")
    @ForTokens(TokenAction.MANAGE_RUNS)
    @Operation(operationId = "stopRun", summary = "Ends the run at once and for good; answers and labels stay")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunStatus.class)))
    public Response stop(@RestPath long projectId, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, Map.of(), () -> {
            control.stop(projectId);
            return Response.ok(runs.status(projectId)).build();
        });
    }

    @POST
    @Path("/retry")
    @ForTokens(TokenAction.MANAGE_RUNS)
    @Operation(operationId = "retryRun", summary = "Tries the failed step again")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunStatus.class)))
    public Response retry(@RestPath long projectId, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, Map.of(), () -> {
            control.retry(projectId);
            return Response.ok(runs.status(projectId)).build();
        });
    }

    @POST
    @Path("/finish")
    @ForTokens(TokenAction.MANAGE_RUNS)
    @Operation(operationId = "finishRun", summary = "Asks no more training questions and ends well")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunStatus.class)))
    public Response finish(@RestPath long projectId, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, Map.of(), () -> {
            runs.finish(projectId);
            return Response.ok(runs.status(projectId)).build();
        });
    }
}
