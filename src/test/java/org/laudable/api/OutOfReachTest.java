package org.laudable.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Sample;

/** Ids cannot be tried out: what belongs to others answers as what was never there, in every call of the description. */
@QuarkusTest
class OutOfReachTest {
    @Inject Sample sample;
    @Inject Clients clients;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void a_foreign_project_answers_like_one_that_does_not_exist() throws IOException, InterruptedException {
        long foreign = sample.project(sample.person("owner"), "fruit", "tool");
        String token = clients.token(sample.person("stranger"));
        List<String> differing = new ArrayList<>();
        int calls = 0;
        for (var path : DescriptionTest.kept().path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (!path.getKey().contains("{projectId}")) {
                    continue;
                }
                calls++;
                HttpResponse<String> theirs = send(operation.getKey(), path.getKey(), foreign, operation.getValue(), token);
                HttpResponse<String> none = send(operation.getKey(), path.getKey(), Long.MAX_VALUE, operation.getValue(), token);
                boolean bodied = operation.getValue().at("/requestBody/content").has("application/json");
                if (theirs.statusCode() != none.statusCode() || !theirs.body().equals(none.body()) || theirs.statusCode() != (bodied ? 400 : 404)) {
                    differing.add(operation.getKey() + " " + path.getKey() + ": " + theirs.statusCode() + " " + theirs.body() + " / " + none.statusCode() + " " + none.body());
                }
            }
        }
        assertEquals(List.of(), differing);
        assertTrue(calls >= 30, calls + " calls");
    }

    @Test
    void a_thing_of_another_project_is_not_found_in_ones_own() throws IOException, InterruptedException {
        var ann = sample.person("ann");
        long mine = sample.project(ann, "fruit", "tool");
        long foreign = sample.project(sample.person("owner"), "fruit", "tool");
        long item = sample.items(foreign, List.of("a pear")).getFirst();
        long export = sample.number("""
                insert into export_file (project_id, format, labeled_only, stored_as, file_name, bytes) values (?, 'CSV', false, gen_random_uuid(), 'x', 1)
                returning id""", foreign);
        long file = sample.number("""
                insert into data_import (project_id, file_name, stored_as, bytes, format, mapping, state) values (?, 'x', 'x', 1, '{}', '[]', 'DONE') returning id""", foreign);
        String token = clients.token(ann);

        for (String path : List.of("/items/" + item, "/exports/" + export, "/exports/" + export + "/file", "/imports/" + file,
                "/imports/" + file + "/refused.csv", "/series/1/points")) {
            HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(Clients.address() + "/api/v1/projects/" + mine + path))
                    .header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(404, answer.statusCode(), path + " " + answer.body());
        }
    }

    private HttpResponse<String> send(String method, String path, long project, JsonNode operation, String token) throws IOException, InterruptedException {
        JsonNode content = operation.at("/requestBody/content");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(Clients.address() + path.replace("{projectId}", Long.toString(project)).replaceAll("\\{[a-zA-Z]+}", "1")))
                .header("Authorization", "Bearer " + token);
        if (content.isEmpty()) {
            request.method(method.toUpperCase(), HttpRequest.BodyPublishers.noBody());
        } else {
            boolean json = content.has("application/json");
            request.header("Content-Type", json ? "application/json" : content.fieldNames().next())
                    .method(method.toUpperCase(), HttpRequest.BodyPublishers.ofString(json ? "[]" : "{\"text\": \"a\"}\n"));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
