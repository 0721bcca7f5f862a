package org.laudable.anomaly.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.laudable.anomaly.ResultExport;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;

/** Files that go out of a project of series. The service checks the access before the first byte. */
@Authenticated
@Path("/api/v1/projects/{projectId}/series")
@Blocking
@ForTokens(TokenAction.EXPORT)
class ProjectResultResource {
    private final ResultExport exports;

    ProjectResultResource(ResultExport exports) {
        this.exports = exports;
    }

    /** The points of every series, a CSV each. */
    @GET
    @Path("/points.zip")
    public Response allPoints(@PathParam("projectId") long projectId) {
        return file(exports.allPoints(projectId), "application/zip");
    }

    /** The anomalies of every series in the form of Numenta's combined_windows.json. */
    @GET
    @Path("/intervals.json")
    public Response intervals(@PathParam("projectId") long projectId) {
        return file(exports.intervals(projectId), "application/json");
    }

    static Response file(ResultExport.Export export, String mediaType) {
        String encoded = URLEncoder.encode(export.fileName(), StandardCharsets.UTF_8).replace("+", "%20");
        return Response.ok((StreamingOutput) export.content()::writeTo, mediaType)
                .header("Content-Disposition", "attachment; filename*=UTF-8''" + encoded)
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .build();
    }
}
