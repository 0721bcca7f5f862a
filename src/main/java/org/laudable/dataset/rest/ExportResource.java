package org.laudable.dataset.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.laudable.Refused;
import org.laudable.dataset.ExportFormat;
import org.laudable.dataset.ExportService;
import org.laudable.dataset.ImportService;
import org.laudable.dataset.Refusal;
import org.laudable.dataset.RefusalReport;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;

/** Files that go out: exports, and what an import refused. Services check the access before the first byte. */
@Authenticated
@Path("/api/v1/projects/{projectId}")
@Blocking
@Tag(name = "Exports")
@ForTokens(TokenAction.EXPORT)
public class ExportResource {
    private final ExportService exports;
    private final ImportService imports;

    ExportResource(ExportService exports, ImportService imports) {
        this.exports = exports;
        this.imports = imports;
    }

    /**
     * Every imported row with its label.
     *
     * @param format one of {@link ExportFormat#word}
     * @param rows   {@code all}, or {@code labeled}: only rows with an answer
     */
    @GET
    @Path("/export")
    @Operation(operationId = "streamExport", summary = "Every imported row with its label, at once: rows=all or labeled",
            description = "`format` is csv, jsonl, label-studio, doccano, prodigy, spacy, parquet, hugging-face or argilla.")
    @APIResponse(responseCode = "200", content = @Content(mediaType = "application/octet-stream", schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response export(@PathParam("projectId") long projectId, @QueryParam("format") @DefaultValue("csv") String format,
            @QueryParam("rows") @DefaultValue("all") String rows) {
        if (!List.of("all", "labeled").contains(rows)) {
            throw new Refused("Use rows=all or labeled.");
        }
        ExportFormat chosen = ExportFormat.of(format);
        ExportService.Export export = exports.export(projectId, chosen, rows.equals("labeled"));
        return file(export.fileName(), chosen.mediaType(), export::writeTo);
    }

    /** The rows an import refused, with the reasons, as CSV. */
    @GET
    @ForTokens(TokenAction.WRITE_ITEMS)
    @Operation(operationId = "refusedRows", summary = "The rows an import refused, with the reasons, as CSV")
    @APIResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @Path("/imports/{importId}/refused.csv")
    public Response refused(@PathParam("projectId") long projectId, @PathParam("importId") long importId) {
        List<Refusal> first = imports.refusals(projectId, importId, 0, RefusalReport.PAGE);
        return file("refused-rows-" + importId + ".csv", ExportFormat.CSV.mediaType(),
                out -> new RefusalReport(out).writeAll(first, after -> imports.refusals(projectId, importId, after, RefusalReport.PAGE)));
    }

    private static Response file(String name, String mediaType, Writing writing) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return Response.ok((StreamingOutput) writing::to, mediaType)
                .header("Content-Disposition", "attachment; filename*=UTF-8''" + encoded)
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .build();
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }
}
