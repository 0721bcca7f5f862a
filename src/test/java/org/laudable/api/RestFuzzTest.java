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
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** Odd bodies to every write of REST: no 500, every refusal a problem, and what was refused wrote nothing. */
@QuarkusTest
class RestFuzzTest {
    private static final int PER_OPERATION = 120;
    private static final int PER_TOKEN = 180;
    private static final List<String> TABLES = List.of("project", "label_class", "guideline", "data_import", "item", "task", "annotation",
            "resolution", "lease", "run", "series", "series_channel", "series_chunk", "export_file", "ledger_entry", "llm_provider", "llm_model",
            "idempotent_answer", "audit_event");

    @Inject Sample sample;
    @Inject Clients clients;

    private final HttpClient http = HttpClient.newHttpClient();
    private User boss;
    private long project;
    private long series;
    private List<Long> ids;

    @BeforeEach
    void an_administrator_with_projects_of_both_kinds() {
        boss = sample.admin("boss");
        project = sample.project(boss, "fruit", "tool");
        long plant = sample.number("insert into project (kind, name, state, seed, created_by) values ('SERIES', 'odd plant', 'ACTIVE', 7, ?) returning id", boss.id());
        sample.member(plant, boss, "MANAGER");
        series = plant;
        ids = new ArrayList<>(sample.items(project, List.of("a pear", "a hammer", "a plum")));
        ids.addAll(sample.classIds(project));
        ids.add(project);
    }

    @Test
    void no_body_makes_the_server_fail_or_write_by_halves() throws IOException, InterruptedException {
        JsonNode description = DescriptionTest.kept();
        OddBodies bodies = new OddBodies(description, 20_30, ids);
        Random random = new Random(7);
        Map<String, Map<Integer, Integer>> counts = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        int sent = 0;
        String token = clients.token(boss);
        for (var path : description.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                JsonNode schema = operation.getValue().at("/requestBody/content/application~1json/schema");
                if (schema.isMissingNode()) {
                    continue;
                }
                for (int i = 0; i < PER_OPERATION; i++) {
                    if (++sent % PER_TOKEN == 0) {
                        token = clients.token(boss);
                    }
                    String body = bodies.next(schema);
                    long before = rows();
                    HttpResponse<String> answer = send(operation.getKey(), address(path.getKey(), random), body, token, random);
                    counts.computeIfAbsent(operation.getValue().path("operationId").asText(), id -> new TreeMap<>()).merge(answer.statusCode(), 1, Integer::sum);
                    String what = operation.getKey() + " " + path.getKey() + " " + answer.statusCode() + " " + answer.body() + " to " + shortened(body);
                    if (answer.statusCode() >= 500) {
                        failures.add(what);
                    } else if (answer.statusCode() >= 400) {
                        if (!answer.headers().firstValue("content-type").orElse("").startsWith("application/problem+json")) {
                            failures.add("no problem: " + what);
                        }
                        if (before != rows()) {
                            failures.add("partial write: " + before + " became " + rows() + ": " + what);
                        }
                    }
                }
            }
        }
        System.out.println("Odd bodies to REST: " + sent + " to " + counts.size() + " operations: " + counts);
        assertEquals(List.of(), failures.stream().limit(5).toList(), failures.size() + " failures");
        assertTrue(counts.values().stream().filter(one -> one.keySet().stream().anyMatch(status -> status < 300)).count() >= 3, "some bodies are taken: " + counts);
    }

    private String address(String path, Random random) {
        long projectId = path.contains("/series") ? series : random.nextInt(8) == 0 ? Long.MAX_VALUE : project;
        return Clients.address() + path.replace("{projectId}", Long.toString(projectId))
                .replaceAll("\\{[a-zA-Z]+}", Long.toString(random.nextInt(5) == 0 ? Long.MAX_VALUE : 1));
    }

    private HttpResponse<String> send(String method, String address, String body, String token, Random random) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json").method(method.toUpperCase(), HttpRequest.BodyPublishers.ofString(body));
        if (random.nextInt(4) == 0) {
            request.header("Idempotency-Key", "odd-" + random.nextInt(40));
        }
        if (random.nextBoolean()) {
            request.header("If-Match", List.of("\"v0\"", "\"v1\"", "*", "W/\"x\"").get(random.nextInt(4)));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private long rows() {
        return sample.number("select " + TABLES.stream().map(table -> "(select count(*) from " + table + ")").collect(Collectors.joining(" + ")));
    }

    private static String shortened(String body) {
        return body.length() <= 300 ? body : body.substring(0, 300) + "…";
    }
}
