package org.laudable.snapshot.rest;

import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.laudable.Refused;
import org.laudable.api.Cursor;
import org.laudable.api.Idempotency;
import org.laudable.api.StrictJson;
import org.laudable.dataset.ExportFormat;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;
import org.laudable.snapshot.SnapshotService;

/** Named versions of a project's labels. Reviewers see and compare them; managers take, fetch and remove them. */
@Authenticated
@Path("/api/v1/projects/{projectId}/snapshots")
@Blocking
@Tag(name = "Snapshots")
@Produces(MediaType.APPLICATION_JSON)
class SnapshotResource {
    private final SnapshotService snapshots;
    private final Idempotency idempotency;

    SnapshotResource(SnapshotService snapshots, Idempotency idempotency) {
        this.snapshots = snapshots;
        this.idempotency = idempotency;
    }

    @GET
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "listSnapshots", summary = "The project's snapshots, the newest first")
    public SnapshotJson.Page list(@RestPath long projectId, @RestQuery String cursor, @RestQuery @DefaultValue("100") @Min(1) @Max(Cursor.MOST) int limit) {
        List<SnapshotJson> page = snapshots.all(projectId, Cursor.read(cursor), limit).stream().map(SnapshotJson::of).toList();
        return new SnapshotJson.Page(page, Cursor.after(page, limit, SnapshotJson::id));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @ForTokens(TokenAction.MANAGE_PROJECTS)
    @Operation(operationId = "takeSnapshot", summary = "Keeps the labels as they are at one moment soon; its state is READY when it is whole")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = SnapshotJson.class)))
    public Response take(@RestPath long projectId, @Valid @NotNull SnapshotJson.Order request, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, request, () -> {
            SnapshotJson made = SnapshotJson.of(snapshots.take(projectId, request.name()));
            return Response.accepted(made).location(URI.create("/api/v1/projects/" + projectId + "/snapshots/" + made.id())).build();
        });
    }

    @GET
    @Path("/{snapshotId}")
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "getSnapshot", summary = "A snapshot")
    public SnapshotJson get(@RestPath long projectId, @RestPath long snapshotId) {
        return SnapshotJson.of(snapshots.find(projectId, snapshotId));
    }

    @DELETE
    @Path("/{snapshotId}")
    @Produces(MediaType.WILDCARD)
    @ForTokens(TokenAction.MANAGE_PROJECTS)
    @Operation(operationId = "removeSnapshot", summary = "Removes a snapshot for good")
    public void remove(@RestPath long projectId, @RestPath long snapshotId) {
        snapshots.remove(projectId, snapshotId);
    }

    @GET
    @Path("/{snapshotId}/diff")
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "compareSnapshots", summary = "What differs from another snapshot (with=…), or from what holds now")
    public SnapshotJson.Diff diff(@RestPath long projectId, @RestPath long snapshotId, @RestQuery Long with) {
        return SnapshotJson.Diff.of(snapshots.compare(projectId, snapshotId, Optional.ofNullable(with)));
    }

    @GET
    @Path("/{snapshotId}/diff/items")
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "listDiffering", summary = "The rows that differ; from and to are labels: a class id, 0 none of the classes, -1 none yet")
    public SnapshotJson.DiffPage items(@RestPath long projectId, @RestPath long snapshotId, @RestQuery Long with, @RestQuery Long from, @RestQuery Long to,
            @RestQuery String cursor, @RestQuery @DefaultValue("100") @Min(1) @Max(Cursor.MOST) int limit) {
        List<SnapshotJson.ItemJson> page = snapshots.differing(projectId, snapshotId, Optional.ofNullable(with), Optional.ofNullable(from),
                Optional.ofNullable(to), Cursor.read(cursor), limit).stream().map(SnapshotJson.ItemJson::of).toList();
        return new SnapshotJson.DiffPage(page, Cursor.after(page, limit, SnapshotJson.ItemJson::key));
    }

    @GET
    @Path("/{snapshotId}/check")
    @ForTokens(TokenAction.EXPORT)
    @Operation(operationId = "checkSnapshot", summary = "Reads it all anew and compares its hash with the one it was given")
    public SnapshotJson.Check check(@RestPath long projectId, @RestPath long snapshotId) {
        return new SnapshotJson.Check(snapshots.verify(projectId, snapshotId), snapshots.find(projectId, snapshotId).hash());
    }

    @GET
    @Path("/{snapshotId}/export")
    @ForTokens(TokenAction.EXPORT)
    @Operation(operationId = "exportSnapshot", summary = "Exactly its labels, in a format of exports; rows=all or labeled")
    @APIResponse(responseCode = "200", content = @Content(mediaType = "application/octet-stream", schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response export(@RestPath long projectId, @RestPath long snapshotId, @RestQuery @DefaultValue("csv") String format,
            @RestQuery @DefaultValue("all") String rows) {
        if (!List.of("all", "labeled").contains(rows)) {
            throw new Refused("Use rows=all or rows=labeled.");
        }
        SnapshotService.SnapshotFile file = snapshots.export(projectId, snapshotId, ExportFormat.of(format), rows.equals("labeled"));
        return Response.ok((StreamingOutput) file.content()::writeTo, file.mediaType())
                .header("Content-Disposition", "attachment; filename*=UTF-8''" + URLEncoder.encode(file.fileName(), StandardCharsets.UTF_8).replace("+", "%20"))
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store").build();
    }
}
