package org.laudable.webhook.rest;

import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.laudable.api.Idempotency;
import org.laudable.api.StrictJson;
import org.laudable.api.Versions;
import org.laudable.security.CurrentUser;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;
import org.laudable.webhook.Webhook;
import org.laudable.webhook.WebhookEvent;
import org.laudable.webhook.WebhookService;
import org.laudable.webhook.WebhookSettings;

/** A project's webhooks. For managers. */
@Authenticated
@Path("/api/v1/projects/{projectId}/webhooks")
@Blocking
@ForTokens(TokenAction.MANAGE_PROJECTS)
@Tag(name = "Webhooks")
@Produces(MediaType.APPLICATION_JSON)
class WebhookResource {
    private final WebhookService webhooks;
    private final Idempotency idempotency;
    private final CurrentUser currentUser;

    WebhookResource(WebhookService webhooks, Idempotency idempotency, CurrentUser currentUser) {
        this.webhooks = webhooks;
        this.idempotency = idempotency;
        this.currentUser = currentUser;
    }

    @GET
    @Operation(operationId = "listWebhooks", summary = "The project's webhooks, without their secrets")
    public WebhookJson.All list(@RestPath long projectId) {
        return new WebhookJson.All(webhooks.all(projectId).stream().map(WebhookJson::of).toList());
    }

    @GET
    @Path("/{webhookId}")
    @Operation(operationId = "getWebhook", summary = "A webhook, without its secret")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookJson.class)))
    public Response get(@RestPath long projectId, @RestPath long webhookId) {
        return shown(webhooks.find(projectId, webhookId));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @Operation(operationId = "addWebhook", summary = "Adds a webhook; only this answer shows its secret")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = WebhookJson.class)))
    public Response add(@RestPath long projectId, @Valid @NotNull WebhookJson.Settings request, @RestHeader(Idempotency.HEADER) String key) {
        requireReading(tellsLabels(request.settings()));
        return withSecret(201, key, request, () -> webhooks.add(projectId, request.settings()), "/api/v1/projects/" + projectId + "/webhooks/");
    }

    @PUT
    @Path("/{webhookId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @Operation(operationId = "changeWebhook", summary = "Changes a webhook; its secret stays")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookJson.class)))
    public Response change(@RestPath long projectId, @RestPath long webhookId, @Valid @NotNull WebhookJson.Settings request,
            @RestHeader("If-Match") String ifMatch) {
        Webhook now = webhooks.find(projectId, webhookId);
        WebhookSettings wanted = request.settings();
        requireReading(tellsLabels(wanted) || tellsLabels(now.settings()) || !wanted.url().equals(now.settings().url()));
        Versions.require(ifMatch, now.version());
        return shown(webhooks.change(projectId, webhookId, now.version(), wanted));
    }

    @DELETE
    @Path("/{webhookId}")
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "removeWebhook", summary = "Removes a webhook with its deliveries")
    public void remove(@RestPath long projectId, @RestPath long webhookId) {
        webhooks.remove(projectId, webhookId);
    }

    @POST
    @Path("/{webhookId}/pause")
    @Operation(operationId = "pauseWebhook", summary = "Sends nothing more; what happens meanwhile is not kept for it")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookJson.class)))
    public Response pause(@RestPath long projectId, @RestPath long webhookId) {
        return shown(webhooks.pause(projectId, webhookId));
    }

    @POST
    @Path("/{webhookId}/resume")
    @Operation(operationId = "resumeWebhook", summary = "Goes on; what waited is sent")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookJson.class)))
    public Response resume(@RestPath long projectId, @RestPath long webhookId) {
        return shown(webhooks.resume(projectId, webhookId));
    }

    @POST
    @Path("/{webhookId}/secret")
    @Operation(operationId = "newWebhookSecret", summary = "A new secret, shown once; the old one signs as well for a day")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookJson.class)))
    public Response secret(@RestPath long projectId, @RestPath long webhookId, @RestHeader(Idempotency.HEADER) String key) {
        return withSecret(200, key, Map.of(), () -> webhooks.newSecret(projectId, webhookId), null);
    }

    @POST
    @Path("/{webhookId}/test")
    @Operation(operationId = "testWebhook", summary = "Sends a ping; its delivery says what came of it")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookJson.class)))
    public Response test(@RestPath long projectId, @RestPath long webhookId, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, Map.of(), () -> {
            webhooks.test(projectId, webhookId);
            return shown(webhooks.find(projectId, webhookId));
        });
    }

    /** A token that may not read labels and texts must not have them sent; a new address gets what was kept for the old one. */
    private void requireReading(boolean needed) {
        if (needed) {
            currentUser.token().ifPresent(grant -> grant.require(TokenAction.READ_ITEMS));
        }
    }

    private static boolean tellsLabels(WebhookSettings settings) {
        return settings.withTexts() || settings.events().contains(WebhookEvent.ANNOTATION_CREATED);
    }

    /** A secret is in the first answer only: what is kept for a repetition of the request has none. */
    private Response withSecret(int status, String key, Object request, Supplier<WebhookService.WithSecret> work, String place) {
        AtomicReference<WebhookService.WithSecret> made = new AtomicReference<>();
        Response kept = idempotency.once(key, request, () -> {
            made.set(work.get());
            Webhook webhook = made.get().webhook();
            Response.ResponseBuilder answer = Response.fromResponse(shown(webhook)).status(status);
            return place == null ? answer.build() : answer.location(URI.create(place + webhook.id())).build();
        });
        return made.get() == null ? kept : Response.fromResponse(kept).entity(WebhookJson.of(made.get())).build();
    }

    private static Response shown(Webhook webhook) {
        return Versions.ok(WebhookJson.of(webhook), webhook.version());
    }
}
