package org.laudable.budget.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.laudable.api.StrictJson;
import org.laudable.api.Versions;
import org.laudable.budget.Spending;
import org.laudable.budget.SpendingService;
import org.laudable.project.BudgetSettings;
import org.laudable.project.Project;
import org.laudable.project.ProjectService;
import org.laudable.project.RateKind;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;

/** What a project may cost and has cost. Amounts are millionths of the project's currency. */
@Authenticated
@Path("/api/v1/projects/{projectId}/budget")
@Blocking
@ForTokens(TokenAction.BUDGETS)
@Tag(name = "Budgets")
@Produces(MediaType.APPLICATION_JSON)
class BudgetResource {
    private final SpendingService spending;
    private final ProjectService projects;

    BudgetResource(SpendingService spending, ProjectService projects) {
        this.spending = spending;
        this.projects = projects;
    }

    /** A project's budget. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Budget")
    record Budget(String currency, @Schema(description = "Absent: no cap") Long capMicros, RateKind rateKind, long rateMicros, int maxTaskSeconds,
            long settledMicros, @Schema(description = "Held for work that is handed out") long reservedMicros) {}

    /** What a project may cost, whole: what is absent is none. */
    @Schema(name = "BudgetSettings", examples = "{\"currency\": \"EUR\", \"capMicros\": 250000000, \"rateKind\": \"PER_LABEL\", \"rateMicros\": 40000, \"maxTaskSeconds\": 120}")
    record Settings(@NotNull @Pattern(regexp = "[A-Z]{3}") String currency, @Min(0) Long capMicros, @NotNull RateKind rateKind, @Min(0) long rateMicros,
            @Min(1) @Max(86_400) int maxTaskSeconds) {}

    @GET
    @Operation(operationId = "getBudget", summary = "The cap, the rates, and what was spent")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Budget.class)))
    public Response get(@RestPath long projectId) {
        return shown(projects.find(projectId));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @Operation(operationId = "setBudget", summary = "Sets the cap and the rates")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Budget.class)))
    public Response set(@RestPath long projectId, @Valid @NotNull Settings request, @RestHeader("If-Match") String ifMatch) {
        spending.spending(projectId); // managers only, before the version is looked at
        Project now = projects.find(projectId);
        Versions.require(ifMatch, now.version());
        return shown(projects.update(now.withBudget(new BudgetSettings(request.currency(), request.capMicros(), request.rateKind(),
                request.rateMicros(), request.maxTaskSeconds()))));
    }

    private Response shown(Project project) {
        Spending spent = spending.spending(project.id());
        BudgetSettings settings = project.budget();
        return Versions.ok(new Budget(settings.currency(), settings.capMicros(), settings.rateKind(), settings.rateMicros(),
                settings.maxTaskSeconds(), spent.settledMicros(), spent.reservedMicros()), project.version());
    }
}
