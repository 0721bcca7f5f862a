package org.laudable.llm.rest;

import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
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
import org.laudable.llm.Provider;
import org.laudable.llm.ProviderService;
import org.laudable.security.CurrentUser;
import org.laudable.security.ForTokens;
import org.laudable.security.OutOfReach;
import org.laudable.security.TokenAction;

/** Providers of language models and their models. For administrators. */
@RolesAllowed(CurrentUser.ADMIN)
@Path("/api/v1/providers")
@Blocking
@ForTokens(TokenAction.ADMIN)
@Tag(name = "Providers")
@Produces(MediaType.APPLICATION_JSON)
class ProviderResource {
    private final ProviderService providers;
    private final Idempotency idempotency;

    ProviderResource(ProviderService providers, Idempotency idempotency) {
        this.providers = providers;
        this.idempotency = idempotency;
    }

    @GET
    @Operation(operationId = "listProviders", summary = "All providers, without their keys")
    public ProviderJson.Providers list() {
        return new ProviderJson.Providers(providers.all().stream().map(ProviderJson::of).toList());
    }

    @GET
    @Path("/{providerId}")
    @Operation(operationId = "getProvider", summary = "A provider, without its key")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProviderJson.class)))
    public Response get(@RestPath long providerId) {
        return shown(find(providerId));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @Operation(operationId = "addProvider", summary = "Adds a provider")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ProviderJson.class)))
    public Response add(@Valid @NotNull ProviderJson.Settings request, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, List.of(request.withoutKey(), request.key() == null ? "" : Integer.toHexString(request.key().hashCode())), () -> {
            Provider added = providers.add(request.settings(), Optional.ofNullable(request.key()));
            return Response.fromResponse(shown(added)).status(201).location(URI.create("/api/v1/providers/" + added.id())).build();
        });
    }

    @PUT
    @Path("/{providerId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @Operation(operationId = "changeProvider", summary = "Changes a provider; without a key it keeps the one it has")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProviderJson.class)))
    public Response change(@RestPath long providerId, @Valid @NotNull ProviderJson.Settings request, @RestHeader("If-Match") String ifMatch) {
        Provider now = find(providerId);
        Versions.require(ifMatch, now.version());
        return shown(providers.change(now, request.settings(), Optional.ofNullable(request.key())));
    }

    @GET
    @Path("/{providerId}/models")
    @Operation(operationId = "listModels", summary = "A provider's models, retired ones last")
    public ProviderJson.Models models(@RestPath long providerId) {
        find(providerId);
        return new ProviderJson.Models(providers.models(providerId).stream().map(ProviderJson.ModelJson::of).toList());
    }

    @POST
    @Path("/{providerId}/models")
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @Operation(operationId = "addModel", summary = "Adds a model to a provider")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ProviderJson.ModelJson.class)))
    public Response addModel(@RestPath long providerId, @Valid @NotNull ProviderJson.NewModel request, @RestHeader(Idempotency.HEADER) String key) {
        find(providerId);
        return idempotency.once(key, request, () -> Response.status(201)
                .entity(ProviderJson.ModelJson.of(providers.addModel(providerId, request.settings()))).build());
    }

    private Provider find(long id) {
        return providers.all().stream().filter(one -> one.id() == id).findFirst().orElseThrow(() -> new OutOfReach("There is no such provider."));
    }

    private static Response shown(Provider provider) {
        return Versions.ok(ProviderJson.of(provider), provider.version());
    }
}
