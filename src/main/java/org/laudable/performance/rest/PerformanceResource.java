package org.laudable.performance.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.laudable.performance.PerformanceService;

/** People's figures by day as CSV. The service checks the access. */
@Authenticated
@Path("/api/v1/projects/{projectId}")
@Blocking
public class PerformanceResource {
    private final PerformanceService performance;

    PerformanceResource(PerformanceService performance) {
        this.performance = performance;
    }

    @GET
    @Path("/people.csv")
    public Response people(@PathParam("projectId") long projectId) {
        return Response.ok(performance.file(projectId), "text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"people-" + projectId + ".csv\"")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .build();
    }
}
