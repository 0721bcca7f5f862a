package org.laudable.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.LaudableConfig;
import org.laudable.dataset.DataImport;
import org.laudable.dataset.ImportService;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** What comes from outside stays data: in statements, in paths, in what is set. */
@QuarkusTest
class HostileInputTest {
    private static final List<String> TEXTS = List.of("100% wool", "100 % wool", "1000 wool", "snow_white", "snowXwhite", "a\\b", "it's", "'; drop table item; --",
            "\" or 1=1", "$1 and ?");

    @Inject Sample sample;
    @Inject Clients clients;
    @Inject ImportService imports;
    @Inject LaudableConfig config;
    @Inject ObjectMapper json;

    private final HttpClient http = HttpClient.newHttpClient();
    private User ann;
    private long project;

    @BeforeEach
    void a_project() {
        ann = sample.person("ann");
        project = sample.project(ann, "fruit", "tool");
    }

    @Test
    void a_search_finds_what_was_written_and_is_never_part_of_the_statement() throws IOException, InterruptedException {
        sample.items(project, TEXTS);
        for (String text : TEXTS) {
            HttpResponse<String> answer = get("/items?search=" + URLEncoder.encode(text, StandardCharsets.UTF_8));

            assertEquals(200, answer.statusCode(), text + " " + answer.body());
            assertEquals(List.of(text), json.readTree(answer.body()).path("items").valueStream().map(item -> item.path("text").asText()).toList(), text);
        }
        assertEquals(TEXTS.size(), sample.number("select count(*) from item where project_id = ?", project));
    }

    @Test
    void a_parameter_that_should_be_a_number_is_refused_in_words() throws IOException, InterruptedException {
        for (String query : List.of("classId=1%3Bdrop", "limit=1%20or%201", "maxConfidence=NaN%27", "cursor=%27%3B--", "status=%27", "origin=x%27")) {
            HttpResponse<String> answer = get("/items?" + query);

            assertEquals(4, answer.statusCode() / 100, query + " " + answer.body());
            assertEquals("application/problem+json", answer.headers().firstValue("content-type").orElse("").split(";")[0], query);
        }
    }

    @Test
    void a_files_name_is_shown_and_never_a_path() throws IOException {
        List<String> before = files();
        for (String name : List.of("../../outside.csv", "/etc/passwd", "..\\..\\outside.csv", "C:\\outside.csv", "a\u0000b.csv", "x".repeat(5_000) + ".csv", "<img src=x>.csv")) {
            DataImport made = ActingAs.person(ann, () -> imports.upload(project, name, new ByteArrayInputStream("text\na pear".getBytes(StandardCharsets.UTF_8))));

            assertEquals(-1, made.fileName().indexOf('\u0000'), name);
        }
        List<String> added = files().stream().filter(file -> !before.contains(file)).toList();
        assertEquals(List.of(), added.stream().filter(file -> !file.matches("uploads/[0-9a-f-]{36}")).toList());
        assertEquals(7, added.size());
    }

    @Test
    void what_a_body_does_not_name_in_the_description_it_cannot_set() throws IOException, InterruptedException {
        String token = clients.token(ann);
        for (String more : List.of("\"id\": 7", "\"createdBy\": 1", "\"admin\": true", "\"state\": \"ARCHIVED\"", "\"seed\": 3", "\"members\": []")) {
            HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(Clients.address() + "/api/v1/projects"))
                    .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"kind\": \"TEXT\", \"name\": \"More\", " + more + "}")).build(), HttpResponse.BodyHandlers.ofString());

            assertEquals(400, answer.statusCode(), more + " " + answer.body());
        }
        JsonNode mine = json.readTree(http.send(HttpRequest.newBuilder(URI.create(Clients.address() + "/api/v1/projects"))
                .header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString()).body());
        assertEquals(1, mine.path("projects").size());
    }

    private List<String> files() throws IOException {
        Path data = config.data();
        try (Stream<Path> tree = Files.walk(data)) {
            return tree.filter(Files::isRegularFile).map(file -> data.relativize(file).toString()).filter(file -> !file.startsWith("postgres")).toList();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(Clients.address() + "/api/v1/projects/" + project + path))
                .header("Authorization", "Bearer " + clients.token(ann)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
