package org.laudable.audit.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.audit.AuditFilter;
import org.laudable.audit.AuditTrail;

/** The audit trail as CSV or NDJSON, filtered as its page is. The service checks the access before the first byte. */
@Authenticated
@Path("/api/v1/audit")
@Blocking
public class AuditResource {
    private final AuditTrail trail;

    AuditResource(AuditTrail trail) {
        this.trail = trail;
    }

    @GET
    @Path("/events.csv")
    public Response csv(@QueryParam("account") Long account, @QueryParam("feature") String feature, @QueryParam("project") Long project,
            @QueryParam("from") String from, @QueryParam("to") String to, @QueryParam("text") String text) {
        return file(filter(account, feature, project, from, to, text), AuditTrail.Format.CSV);
    }

    @GET
    @Path("/events.ndjson")
    public Response ndjson(@QueryParam("account") Long account, @QueryParam("feature") String feature, @QueryParam("project") Long project,
            @QueryParam("from") String from, @QueryParam("to") String to, @QueryParam("text") String text) {
        return file(filter(account, feature, project, from, to, text), AuditTrail.Format.NDJSON);
    }

    private static AuditFilter filter(Long account, String feature, Long project, String from, String to, String text) {
        return new AuditFilter(Optional.ofNullable(account), Optional.ofNullable(feature), Optional.ofNullable(project), moment(from), moment(to),
                Optional.ofNullable(text));
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException e) {
            throw new Refused("A time is written as 2026-01-31T00:00:00Z.");
        }
    }

    private Response file(AuditFilter filter, AuditTrail.Format format) {
        AuditTrail.TrailFile file = trail.file(filter, format);
        return Response.ok((StreamingOutput) file::writeTo, format.mediaType())
                .header("Content-Disposition", "attachment; filename=\"audit." + format.extension() + "\"")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .build();
    }
}
