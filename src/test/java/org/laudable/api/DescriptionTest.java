package org.laudable.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Sample;

/** The description that is kept is the one that is served, and is whole. */
@QuarkusTest
class DescriptionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject Sample sample;
    @Inject Clients clients;

    /** If it differs, the build has left the new one in target/openapi/openapi.json: look at it, then copy it to docs. */
    @Test
    void the_document_that_is_kept_is_the_one_that_is_served() throws IOException {
        String served = given().header("Authorization", "Bearer " + clients.token(sample.person("ann")))
                .get("/q/openapi?format=json").then().statusCode(200).extract().asString();

        assertEquals(kept(), JSON.readTree(served));
    }

    @Test
    void every_operation_has_a_name_a_summary_and_its_errors() throws IOException {
        List<String> incomplete = new ArrayList<>();
        int operations = 0;
        for (JsonNode path : kept().path("paths")) {
            for (JsonNode operation : path) {
                operations++;
                if (operation.path("operationId").asText().isEmpty() || operation.path("summary").asText().isEmpty()
                        || !operation.path("responses").has("404") || !operation.path("responses").has("429")) {
                    incomplete.add(operation.path("operationId").asText());
                }
            }
        }
        assertEquals(List.of(), incomplete);
        assertEquals(true, operations >= 40, operations + " operations");
    }

    static JsonNode kept() throws IOException {
        return JSON.readTree(Files.readString(Path.of("docs/openapi.json")));
    }
}
