package org.laudable.anomaly.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.laudable.anomaly.PointFormat;
import org.laudable.anomaly.ResultExport;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;

/** The points of one series as a file. The service checks the access before the first byte. */
@Authenticated
@Path("/api/v1/series/{id}")
@Blocking
@ForTokens(TokenAction.EXPORT)
class SeriesResultResource {
    private final ResultExport exports;

    SeriesResultResource(ResultExport exports) {
        this.exports = exports;
    }

    /** Time, channels, score, flagged, label, origin. */
    @GET
    @Path("/points.csv")
    public Response points(@PathParam("id") long id) {
        return ProjectResultResource.file(exports.points(id, PointFormat.CSV), PointFormat.CSV.mediaType());
    }

    /** The same in a typed file. */
    @GET
    @Path("/points.parquet")
    public Response parquet(@PathParam("id") long id) {
        return ProjectResultResource.file(exports.points(id, PointFormat.PARQUET), PointFormat.PARQUET.mediaType());
    }
}
