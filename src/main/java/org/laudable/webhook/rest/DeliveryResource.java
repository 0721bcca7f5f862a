package org.laudable.webhook.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;
import org.laudable.webhook.Delivery;
import org.laudable.webhook.WebhookService;

/** What was delivered to a webhook in the last thirty days, and what not. For managers. */
@Authenticated
@Path("/api/v1/projects/{projectId}/webhooks/{webhookId}/deliveries")
@Blocking
@ForTokens(TokenAction.MANAGE_PROJECTS)
@Tag(name = "Webhooks")
@Produces(MediaType.APPLICATION_JSON)
class DeliveryResource {
    private final WebhookService webhooks;
    private final Idempotency idempotency;

    DeliveryResource(WebhookService webhooks, Idempotency idempotency) {
        this.webhooks = webhooks;
        this.idempotency = idempotency;
    }

    @GET
    @Operation(operationId = "listDeliveries", summary = "Deliveries of the last thirty days, the newest first")
    public WebhookJson.Deliveries list(@RestPath long projectId, @RestPath long webhookId, @RestQuery Delivery.State state, @RestQuery String cursor,
            @RestQuery @DefaultValue("100") @Min(1) @Max(Cursor.MOST) int limit) {
        List<WebhookJson.DeliveryJson> page = webhooks.deliveries(projectId, webhookId, Optional.ofNullable(state), Cursor.read(cursor), limit).stream()
                .map(WebhookJson.DeliveryJson::of).toList();
        return new WebhookJson.Deliveries(page, Cursor.after(page, limit, WebhookJson.DeliveryJson::id));
    }

    @GET
    @Path("/{deliveryId}")
    @Operation(operationId = "getDelivery", summary = "A delivery")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookJson.DeliveryJson.class)))
    public WebhookJson.DeliveryJson get(@RestPath long projectId, @RestPath long webhookId, @RestPath long deliveryId) {
        return WebhookJson.DeliveryJson.of(webhooks.delivery(projectId, webhookId, deliveryId));
    }

    @GET
    @Path("/{deliveryId}/message")
    @ForTokens({TokenAction.MANAGE_PROJECTS, TokenAction.READ_ITEMS})
    @Operation(operationId = "getDeliveryMessage", summary = "The message as it was sent")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT)))
    public Response message(@RestPath long projectId, @RestPath long webhookId, @RestPath long deliveryId) {
        return Response.ok(webhooks.body(projectId, webhookId, deliveryId), MediaType.APPLICATION_JSON_TYPE).build();
    }

    @POST
    @Path("/{deliveryId}/replay")
    @Operation(operationId = "replayDelivery", summary = "Sends a delivery again, under the same message id")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookJson.DeliveryJson.class)))
    public Response replay(@RestPath long projectId, @RestPath long webhookId, @RestPath long deliveryId, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, Map.of(), () -> Response.ok(WebhookJson.DeliveryJson.of(webhooks.replay(projectId, webhookId, deliveryId))).build());
    }

    @POST
    @Path("/replay")
    @Operation(operationId = "replayGivenUp", summary = "Sends all again that were given up")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookJson.Replayed.class)))
    public Response replayGivenUp(@RestPath long projectId, @RestPath long webhookId, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, Map.of(), () -> Response.ok(new WebhookJson.Replayed(webhooks.replayGivenUp(projectId, webhookId))).build());
    }
}
