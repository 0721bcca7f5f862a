package org.laudable.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * What all of the described REST API shares: the bearer token, and the errors as problem+json. A call that has no tag is
 * for our own pages and is left out.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class Documented implements OASFilter {
    private static final SortedMap<Integer, String> ERRORS = Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
            400, "The request cannot be read, or a field is wrong: 'violations' says which.",
            401, "No token, or one that no longer holds.",
            403, "The token is not for this, or its person may not do it.",
            404, "There is nothing here, or you have no access to it.",
            422, "Understood and refused: 'detail' says why and what to do.",
            429, "Too many calls; 'Retry-After' says for how many seconds to wait.",
            503, "The database cannot be reached; try again after the seconds of 'Retry-After'.")));
    private static final SortedMap<Integer, String> ERRORS_OF_WRITES = Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
            409, "It is in a state that does not allow this.",
            415, "The body is of a type that is not taken.")));
    private static final SortedMap<Integer, String> ERRORS_OF_EDITS = Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
            412, "Somebody else changed it since you read it.",
            428, "If-Match is missing.")));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.setInfo(OASFactory.createInfo().title("Laudable").version("1").description(
                "Projects, items, series, labels, runs and models of Laudable. Make a token on your profile page and send it as "
                        + "`Authorization: Bearer lau_…`. Lists come in pages: send `next` of one page as `cursor` of the following. "
                        + "Writes may carry an `Idempotency-Key`: sent again within 24 hours with the same body they answer the same "
                        + "and do nothing twice. Edits send the `ETag` they read as `If-Match`. Every error is `application/problem+json`."));
        List<String> ours = document.getPaths().getPathItems().entrySet().stream()
                .filter(entry -> keep(entry.getValue())).map(Map.Entry::getKey).toList();
        List.copyOf(document.getPaths().getPathItems().keySet()).stream().filter(path -> !ours.contains(path))
                .forEach(document.getPaths()::removePathItem);
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        Stream.of(ERRORS, ERRORS_OF_WRITES, ERRORS_OF_EDITS).forEach(errors -> errors.forEach((status, text) ->
                document.getComponents().addResponse(name(status), response(status, text))));
        document.getComponents().addSchema("Problem", problem()).addSecurityScheme("token", OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP).scheme("bearer").description("A personal access token: lau_…"));
        document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme("token"));
    }

    private static boolean keep(PathItem path) {
        Map.copyOf(path.getOperations()).forEach((method, operation) -> {
            if (operation.getTags() == null || operation.getTags().isEmpty()) {
                path.setOperation(method, null);
            } else {
                describe(method, operation);
            }
        });
        return !path.getOperations().isEmpty();
    }

    private static void describe(PathItem.HttpMethod method, Operation operation) {
        ERRORS.keySet().forEach(status -> error(operation, status));
        if (method != PathItem.HttpMethod.GET) {
            ERRORS_OF_WRITES.keySet().forEach(status -> error(operation, status));
        }
        List<Parameter> parameters = operation.getParameters() == null ? List.of() : operation.getParameters();
        if (parameters.stream().anyMatch(one -> "If-Match".equals(one.getName()))) {
            ERRORS_OF_EDITS.keySet().forEach(status -> error(operation, status));
        }
    }

    private static void error(Operation operation, int status) {
        operation.getResponses().addAPIResponse(Integer.toString(status), OASFactory.createAPIResponse().ref(name(status)));
    }

    private static String name(int status) {
        return "Problem" + status;
    }

    private static APIResponse response(int status, String text) {
        return OASFactory.createAPIResponse().description(text).content(OASFactory.createContent()
                .addMediaType(Problem.MEDIA_TYPE, media(status, text)));
    }

    private static MediaType media(int status, String text) {
        return OASFactory.createMediaType().schema(OASFactory.createSchema().ref("Problem"))
                .example(Map.of("type", "about:blank", "title", Problem.of(status, text).title(), "status", status, "detail", text));
    }

    private static Schema problem() {
        Schema text = OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING));
        Schema violation = OASFactory.createSchema().type(List.of(Schema.SchemaType.OBJECT))
                .addProperty("field", text).addProperty("message", text);
        return OASFactory.createSchema().type(List.of(Schema.SchemaType.OBJECT)).description("An error (RFC 9457)")
                .addProperty("type", text).addProperty("title", text)
                .addProperty("status", OASFactory.createSchema().type(List.of(Schema.SchemaType.INTEGER)))
                .addProperty("detail", text)
                .addProperty("violations", OASFactory.createSchema().type(List.of(Schema.SchemaType.ARRAY)).items(violation));
    }
}
