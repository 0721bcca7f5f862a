package org.laudable.anomaly.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.laudable.Refused;
import org.laudable.anomaly.PointFormat;
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

    /** The points of every series, a CSV each, or with {@code format=parquet} a Parquet file each. */
    @GET
    @Path("/points.zip")
    public Response allPoints(@PathParam("projectId") long projectId, @QueryParam("format") @DefaultValue("csv") String format) {
        if (!Set.of("csv", "parquet").contains(format)) {
            throw new Refused("Use format=csv or parquet.");
        }
        return file(exports.allPoints(projectId, PointFormat.valueOf(format.toUpperCase(Locale.ROOT))), "application/zip");
    }

    /** What people said and what the model flags, as regions of time in tasks of Label Studio. */
    @GET
    @Path("/regions.json")
    public Response regions(@PathParam("projectId") long projectId) {
        return file(exports.regions(projectId), "application/json");
    }

    /** The events of every series in the form of Numenta's windows. */
    @GET
    @Path("/events.json")
    public Response events(@PathParam("projectId") long projectId) {
        return file(exports.events(projectId), "application/json");
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
