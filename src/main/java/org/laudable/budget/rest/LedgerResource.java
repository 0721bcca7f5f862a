package org.laudable.budget.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.laudable.budget.SpendingService;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;

/** A project's ledger as CSV. The service checks the access before the first byte. */
@Authenticated
@Path("/api/v1/projects/{projectId}")
@Blocking
@ForTokens(TokenAction.BUDGETS)
public class LedgerResource {
    private final SpendingService spending;

    LedgerResource(SpendingService spending) {
        this.spending = spending;
    }

    @GET
    @Path("/ledger.csv")
    public Response ledger(@PathParam("projectId") long projectId) {
        SpendingService.LedgerFile file = spending.file(projectId);
        return Response.ok((StreamingOutput) file::writeTo, "text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"ledger-" + projectId + ".csv\"")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .build();
    }
}
