package org.laudable.labeling.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.laudable.Refused;
import org.laudable.api.Cursor;
import org.laudable.api.Idempotency;
import org.laudable.api.StrictJson;
import org.laudable.labeling.AnswerConflict;
import org.laudable.labeling.AnswerKind;
import org.laudable.labeling.AnswerReceipt;
import org.laudable.labeling.DirectAnswers;
import org.laudable.labeling.LabelReader;
import org.laudable.labeling.OwnSuggestions;
import org.laudable.security.CurrentUser;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;

/** Answers, suggestions and labels for programs. */
@Authenticated
@Path("/api/v1/projects/{projectId}")
@Blocking
@Tag(name = "Labels")
@Produces(MediaType.APPLICATION_JSON)
class LabelResource {
    private final DirectAnswers answers;
    private final LabelReader labels;
    private final OwnSuggestions suggestions;
    private final Idempotency idempotency;
    private final CurrentUser currentUser;

    LabelResource(DirectAnswers answers, LabelReader labels, OwnSuggestions suggestions, Idempotency idempotency, CurrentUser currentUser) {
        this.answers = answers;
        this.labels = labels;
        this.suggestions = suggestions;
        this.idempotency = idempotency;
        this.currentUser = currentUser;
    }

    @Schema(name = "AnnotationPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answers(List<LabelReader.Given> annotations, @Schema(description = "The cursor of the next page; absent on the last one") String next) {}

    @Schema(name = "ResolutionPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Labels(List<LabelReader.Label> resolutions, @Schema(description = "The cursor of the next page; absent on the last one") String next) {}

    /** An answer in the name of the token's person. */
    @Schema(name = "NewAnnotation", examples = "{\"itemId\": 17, \"kind\": \"LABEL\", \"classId\": 3}")
    record NewAnswer(@NotNull Long itemId, @NotNull AnswerKind kind, @Schema(description = "With LABEL, and only then") Long classId,
            @Size(max = 2000) String comment) {}

    /** A batch of one's own model's predictions. */
    @Schema(name = "NewSuggestions", examples = "{\"source\": \"ours v7\", \"suggestions\": [{\"externalId\": \"a1\", \"label\": \"billing\", \"confidence\": 0.81}]}")
    record Batch(@Schema(description = "The model's name, as people see it") @NotBlank @Size(max = 80) String source,
            @NotEmpty @Size(max = 10_000) List<@NotNull @Valid One> suggestions) {}

    @Schema(name = "NewSuggestion")
    record One(@Schema(description = "Or externalId") Long itemId, @Size(max = 500) String externalId, @NotBlank @Size(max = 200) String label,
            @DecimalMin("0") @DecimalMax("1") Float confidence) {}

    @GET
    @Path("/annotations")
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "listAnnotations", summary = "People's answers in the order they came; the highest revision counts")
    public Answers annotations(@RestPath long projectId, @RestQuery String cursor, @RestQuery @DefaultValue("100") @Min(1) @Max(Cursor.MOST) int limit) {
        List<LabelReader.Given> page = labels.annotations(projectId, Cursor.read(cursor), limit);
        return new Answers(page, Cursor.after(page, limit, LabelReader.Given::id));
    }

    @POST
    @Path("/annotations")
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @ForTokens(TokenAction.ANNOTATE)
    @Operation(operationId = "annotate", summary = "Answers an item's open question in your name")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = AnswerReceipt.class)))
    public Response annotate(@RestPath long projectId, @Valid @NotNull NewAnswer request, @RestHeader(Idempotency.HEADER) String key) {
        UUID client = key == null ? UUID.randomUUID()
                : UUID.nameUUIDFromBytes((currentUser.require().id() + " " + projectId + " " + key).getBytes(StandardCharsets.UTF_8));
        try {
            return Response.status(201).entity(answers.answer(client, projectId, request.itemId(), request.kind(), request.classId(), request.comment())).build();
        } catch (AnswerConflict e) {
            throw new Refused("This idempotency key was used for another request. Take a new key for each new request.");
        }
    }

    @GET
    @Path("/resolutions")
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "listResolutions", summary = "The items' labels, with where they came from; history=true: superseded ones too")
    public Labels resolutions(@RestPath long projectId, @RestQuery @DefaultValue("false") boolean history, @RestQuery String cursor,
            @RestQuery @DefaultValue("100") @Min(1) @Max(Cursor.MOST) int limit) {
        List<LabelReader.Label> page = labels.resolutions(projectId, history, Cursor.read(cursor), limit);
        return new Labels(page, Cursor.after(page, limit, LabelReader.Label::id));
    }

    @POST
    @Path("/suggestions")
    @Consumes(MediaType.APPLICATION_JSON)
    @CustomDeserialization(StrictJson.class)
    @ForTokens(TokenAction.SUGGEST)
    @Operation(operationId = "suggest", summary = "Shows your own model's predictions beside open questions; they are never labels")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = OwnSuggestions.Outcome.class)))
    public Response suggest(@RestPath long projectId, @Valid @NotNull Batch request, @RestHeader(Idempotency.HEADER) String key) {
        return idempotency.once(key, request, () -> Response.ok(suggestions.suggest(projectId, request.source().strip(), request.suggestions().stream()
                .map(one -> new OwnSuggestions.Said(one.itemId(), one.externalId(), one.label(), one.confidence())).toList())).build());
    }
}
