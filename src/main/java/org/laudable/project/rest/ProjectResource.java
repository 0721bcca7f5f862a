package org.laudable.project.rest;

import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.laudable.api.Cursor;
import org.laudable.api.Idempotency;
import org.laudable.api.StrictJson;
import org.laudable.api.Versions;
import org.laudable.project.Project;
import org.laudable.project.ProjectSetup;
import org.laudable.project.ProjectService;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;

/** Projects: list, make, change, put away. */
@Authenticated
@Path("/api/v1/projects")
@Blocking
@Tag(name = "Projects")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@CustomDeserialization(StrictJson.class)
class ProjectResource {
    private final ProjectService projects;
    private final ProjectSetup setup;
    private final Idempotency idempotency;

    ProjectResource(ProjectService projects, ProjectSetup setup, Idempotency idempotency) {
        this.projects = projects;
        this.setup = setup;
        this.idempotency = idempotency;
    }

    @GET
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "listProjects", summary = "The projects you work in")
    public ProjectJson.Page list(@RestQuery String cursor, @RestQuery @DefaultValue("100") @Min(1) @Max(Cursor.MOST) int limit) {
        long after = Cursor.read(cursor);
        List<ProjectJson.Line> page = projects.mine().stream().filter(project -> project.id() > after)
                .sorted(Comparator.comparingLong(Project::id)).limit(limit).map(ProjectJson.Line::of).toList();
        return new ProjectJson.Page(page, Cursor.after(page, limit, ProjectJson.Line::id));
    }

    @GET
    @Path("/{projectId}")
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "getProject", summary = "A project with its settings and classes")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProjectJson.class)))
    public Response get(@RestPath long projectId) {
        return shown(projects.find(projectId));
    }

    @POST
    @ForTokens(TokenAction.MANAGE_PROJECTS)
    @Operation(operationId = "createProject", summary = "Makes a project; you become its manager")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ProjectJson.class)))
    public Response create(@Valid @NotNull ProjectRequests.Create request, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, request, () -> {
            Project made = setup.create(request.kind(), request.name(), request.description(), request.classes() == null ? List.of()
                    : request.classes().stream().map(one -> new ProjectSetup.NamedClass(one.name(), one.description())).toList(), request.guideline());
            return Response.fromResponse(shown(made)).status(201).location(URI.create("/api/v1/projects/" + made.id())).build();
        });
    }

    @PATCH
    @Path("/{projectId}")
    @ForTokens(TokenAction.MANAGE_PROJECTS)
    @Operation(operationId = "changeProject", summary = "Changes settings; what is absent stays as it is")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProjectJson.class)))
    public Response change(@RestPath long projectId, @Valid @NotNull ProjectRequests.Change request, @RestHeader("If-Match") String ifMatch,
            @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, request, () -> {
            Project now = projects.find(projectId);
            Versions.require(ifMatch, now.version());
            return shown(projects.update(request.applyTo(now)));
        });
    }

    @POST
    @Path("/{projectId}/activate")
    @Consumes(MediaType.WILDCARD)
    @ForTokens(TokenAction.MANAGE_PROJECTS)
    @Operation(operationId = "activateProject", summary = "Ends the set-up: the project takes labels from now on")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProjectJson.class)))
    public Response activate(@RestPath long projectId) {
        return shown(projects.activate(projectId));
    }

    @POST
    @Path("/{projectId}/archive")
    @Consumes(MediaType.WILDCARD)
    @ForTokens(TokenAction.MANAGE_PROJECTS)
    @Operation(operationId = "archiveProject", summary = "Puts a project away: readable, but nothing can be labeled")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProjectJson.class)))
    public Response archive(@RestPath long projectId) {
        return shown(projects.archive(projectId));
    }

    @POST
    @Path("/{projectId}/unarchive")
    @Consumes(MediaType.WILDCARD)
    @ForTokens(TokenAction.MANAGE_PROJECTS)
    @Operation(operationId = "unarchiveProject", summary = "Takes a project back from the archive")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProjectJson.class)))
    public Response unarchive(@RestPath long projectId) {
        return shown(projects.unarchive(projectId));
    }

    private Response shown(Project project) {
        return Versions.ok(ProjectJson.of(project, projects.classes(project.id())), project.version());
    }
}
