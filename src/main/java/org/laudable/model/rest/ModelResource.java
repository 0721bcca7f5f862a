package org.laudable.model.rest;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.laudable.api.Idempotency;
import org.laudable.model.KeptModel;
import org.laudable.model.LoadedStart;
import org.laudable.model.ModelCard;
import org.laudable.model.ModelService;
import org.laudable.security.ForTokens;
import org.laudable.security.OutOfReach;
import org.laudable.security.TokenAction;

/** Trained models as files. */
@Authenticated
@Path("/api/v1/projects/{projectId}")
@Blocking
@Tag(name = "Models")
@Produces(MediaType.APPLICATION_JSON)
class ModelResource {
    private static final String ZIP = "application/zip";

    private final ModelService models;
    private final Idempotency idempotency;

    ModelResource(ModelService models, Idempotency idempotency) {
        this.models = models;
        this.idempotency = idempotency;
    }

    /** All there is; the newest model first. */
    @Schema(name = "ModelList")
    record Models(List<KeptModel> models) {}

    @GET
    @Path("/models")
    @ForTokens(TokenAction.EXPORT)
    @Operation(operationId = "listTrainedModels", summary = "The newest model, and those kept as files (the last five)")
    public Models list(@RestPath long projectId) {
        return new Models(models.list(projectId));
    }

    @POST
    @Path("/models")
    @ForTokens(TokenAction.EXPORT)
    @Operation(operationId = "saveModel", summary = "Has the newest model made into a file; its state says when that is READY")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = KeptModel.class)))
    public Response save(@RestPath long projectId, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, Map.of(), () -> {
            KeptModel model = models.order(projectId);
            return Response.accepted(model).location(URI.create("/api/v1/projects/%d/models/%s/bundle".formatted(projectId, model.version()))).build();
        });
    }

    @GET
    @Path("/models/{version}/bundle")
    @Produces({ZIP, MediaType.APPLICATION_OCTET_STREAM})
    @ForTokens(TokenAction.EXPORT)
    @Operation(operationId = "downloadModel", summary = "A model's file; 'newest' is the newest that has one")
    @APIResponse(responseCode = "200", content = @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response bundle(@RestPath long projectId, @RestPath String version) {
        ModelService.Download file = models.open(projectId, version);
        StreamingOutput copy = file.content()::copy;
        return Response.ok(copy, ZIP)
                .header("Content-Disposition", "attachment; filename*=UTF-8''" + URLEncoder.encode(file.fileName(), StandardCharsets.UTF_8).replace("+", "%20"))
                .header("Content-Length", file.bytes())
                .header("Digest", "sha-256=" + java.util.Base64.getEncoder().encodeToString(java.util.HexFormat.of().parseHex(file.sha256())))
                .header("Cache-Control", "no-store").build();
    }

    @GET
    @Path("/models/{version}/card")
    @ForTokens(TokenAction.EXPORT)
    @Operation(operationId = "getModelCard", summary = "What a kept model is worth, with intervals, and where it comes from")
    public ModelCard card(@RestPath long projectId, @RestPath String version) {
        return models.card(projectId, version);
    }

    @GET
    @Path("/models/{version}/card.md")
    @Produces("text/markdown")
    @ForTokens(TokenAction.EXPORT)
    @Operation(operationId = "getModelCardText", summary = "The same as Markdown")
    public String cardText(@RestPath long projectId, @RestPath String version) {
        return models.cardText(projectId, version);
    }

    @GET
    @Path("/start-model")
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "getStartModel", summary = "The model the next run begins with")
    public LoadedStart start(@RestPath long projectId) {
        return models.start(projectId).orElseThrow(() -> new OutOfReach("No model is loaded."));
    }

    @PUT
    @Path("/start-model")
    @Consumes({ZIP, MediaType.APPLICATION_OCTET_STREAM})
    @ForTokens(TokenAction.MANAGE_RUNS)
    @Operation(operationId = "loadStartModel", summary = "Loads a model file as the start of the next run, in place of the one before")
    @RequestBody(content = @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public LoadedStart load(@RestPath long projectId, InputStream file) throws IOException {
        return models.load(projectId, file);
    }

    @DELETE
    @Path("/start-model")
    @ForTokens(TokenAction.MANAGE_RUNS)
    @Operation(operationId = "unloadStartModel", summary = "The next run begins without a model")
    public void unload(@RestPath long projectId) {
        models.unload(projectId);
    }
}
