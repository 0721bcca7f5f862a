package org.laudable.dataset.rest;

import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.laudable.api.Idempotency;
import org.laudable.api.StrictJson;
import org.laudable.dataset.ExportFile;
import org.laudable.dataset.ExportFiles;
import org.laudable.dataset.ExportFormat;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;

/** Exports that are made in the background and fetched when they are whole. */
@Authenticated
@Path("/api/v1/projects/{projectId}/exports")
@Blocking
@ForTokens(TokenAction.EXPORT)
@Tag(name = "Exports")
@Produces(MediaType.APPLICATION_JSON)
class ExportFileResource {
    private final ExportFiles files;
    private final Idempotency idempotency;

    ExportFileResource(ExportFiles files, Idempotency idempotency) {
        this.files = files;
        this.idempotency = idempotency;
    }

    /** What to export. */
    @Schema(name = "NewExport", examples = "{\"format\": \"jsonl\", \"labeledOnly\": true}")
    record Order(@Schema(description = "csv, jsonl, label-studio, doccano, prodigy, spacy, parquet, hugging-face or argilla") @NotNull @Size(max = 40) String format,
            @Schema(description = "Whether rows without an answer stay out") boolean labeledOnly) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @Operation(operationId = "createExport", summary = "Asks for a file with every imported row and its label")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = ItemJson.Export.class)))
    public Response order(@RestPath long projectId, @Valid @NotNull Order request, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, request, () -> {
            ExportFile file = files.order(projectId, ExportFormat.of(request.format()), request.labeledOnly());
            return Response.accepted(ItemJson.Export.of(file)).location(URI.create("/api/v1/projects/" + projectId + "/exports/" + file.id())).build();
        });
    }

    @GET
    @Path("/{exportId}")
    @Operation(operationId = "getExport", summary = "Whether the file is whole, and where it is")
    public ItemJson.Export get(@RestPath long projectId, @RestPath long exportId) {
        return ItemJson.Export.of(files.find(projectId, exportId));
    }

    @GET
    @Path("/{exportId}/file")
    @Produces({"text/csv", "application/x-ndjson", MediaType.APPLICATION_OCTET_STREAM})
    @Operation(operationId = "downloadExport", summary = "The file itself")
    @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM,
            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response file(@RestPath long projectId, @RestPath long exportId) throws IOException {
        ExportFile file = files.find(projectId, exportId);
        InputStream bytes = files.open(projectId, exportId);
        StreamingOutput copy = out -> {
            try (bytes) {
                bytes.transferTo(out);
            }
        };
        return Response.ok(copy, file.format().mediaType())
                .header("Content-Disposition", "attachment; filename*=UTF-8''" + URLEncoder.encode(file.fileName(), StandardCharsets.UTF_8).replace("+", "%20"))
                .header("Content-Length", file.bytes())
                .header("Cache-Control", "no-store").build();
    }
}
