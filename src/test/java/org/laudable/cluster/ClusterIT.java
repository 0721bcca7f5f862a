package org.laudable.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.laudable.load.Annotator;
import org.laudable.load.LoadProject;
import org.laudable.testing.Eventually;

/** Two web processes and two workers on one database: one worker dies amid its work, and both web processes are replaced. */
class ClusterIT {
    private static final int ROWS = 80_000;
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(30);

    @Test
    void a_killed_workers_import_is_ended_by_the_other_and_a_rolling_restart_loses_no_answer() throws Exception {
        try (Collector collector = new Collector(); Cluster cluster = Cluster.start()) {
            String traces = "OTEL_EXPORTER_OTLP_ENDPOINT";
            List<Member> webs = List.of(cluster.add(cluster.member("web-1", "web", Map.of(traces, collector.address()), "--drain", "1")),
                    cluster.add(cluster.member("web-2", "web", Map.of(traces, collector.address()), "--drain", "1")));
            List<Member> workers = List.of(cluster.add(cluster.member("worker-1", "worker", Map.of(traces, collector.address()))),
                    cluster.add(cluster.member("worker-2", "worker", Map.of(traces, collector.address()))));
            webs.forEach(Member::awaitReady);
            workers.forEach(Member::awaitReady);
            ClusterDatabase database = cluster.database();
            Program program = Program.of(database, webs);
            long project = program.post("/projects", Map.of("kind", "TEXT", "name", "Many rows", "classes", List.of(Map.of("name", "one"), Map.of("name", "other"))))
                    .path("id").asLong();
            String address = program.bringIn(project, rows());
            String job = " from job where kind = 'dataset.import'";
            Eventually.holds("rows are in", () -> database.number("select count(*) from item where project_id = " + project) > 0);
            String owner = database.text("select owner" + job);
            Member killed = workers.stream().filter(one -> owner.contains(Long.toString(one.pid()))).findFirst().orElseThrow();
            Member other = workers.stream().filter(one -> one != killed).findFirst().orElseThrow();

            killed.kill();
            Instant died = Instant.now();
            CompletableFuture<Instant> takenOver = CompletableFuture.supplyAsync(() -> {
                Eventually.holds("another worker has the import", () -> !owner.equals(database.text("select owner" + job)));
                return Instant.now();
            });
            try (Labelers labelers = new Labelers(cluster, webs, 8, Duration.ofSeconds(28))) {
                for (Member web : webs) {
                    web.stop();
                    web.start().awaitReady();
                }
                List<Annotator.Saved> saved = labelers.saved();
                assertTrue(saved.stream().mapToInt(one -> one.answers().size()).sum() > 50, "people could work while processes were replaced");
                assertTrue(labelers.countsAreRight(saved), "every answer is kept, once, and paid once");
            }

            Duration silent = Duration.between(died, takenOver.join());
            assertTrue(silent.compareTo(TAKEN_OVER_WITHIN) <= 0, "nobody had the import for " + silent.toSeconds() + " s");
            Eventually.holds("the import is done", () -> program.get(address).path("state").asText().equals("DONE"));
            assertTrue(database.text("select owner" + job).contains(Long.toString(other.pid())));
            assertEquals(ROWS, database.number("select count(*) from item where project_id = " + project));
            assertEquals(ROWS, database.number("select count(distinct external_id) from item_row where project_id = " + project));
            String trace = database.text("select split_part(trace_parent, '-', 2)" + job);
            Eventually.holds("the trace of the request goes on in the job of another process",
                    () -> collector.has(trace, "ItemResource.add") && collector.has(trace, "job dataset.import"));
            assertTrue(other.metrics().contains("laudable_jobs_waiting{kind=\"dataset.import\""));
            assertEquals(401, other.status("/q/metrics"));
            assertEquals(404, other.status("/login"));
            logsAreJson(other);
            whileTheDatabaseIsAwayNobodyIsSignedOut(database, webs, program);
        }
    }

    private static void whileTheDatabaseIsAwayNobodyIsSignedOut(ClusterDatabase database, List<Member> webs, Program program) throws Exception {
        CookieManager cookies = new CookieManager();
        HttpClient browser = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).cookieHandler(cookies).build();
        HttpRequest.Builder form = HttpRequest.newBuilder(URI.create(webs.getFirst().url() + "/j_security_check")).header("Content-Type", "application/x-www-form-urlencoded");
        HttpRequest signIn = form.POST(HttpRequest.BodyPublishers.ofString("j_username=" + database.text("select min(username) from account where password_hash is not null")
                + "&j_password=" + URLEncoder.encode(LoadProject.PASSWORD, StandardCharsets.UTF_8))).build();
        browser.send(signIn, HttpResponse.BodyHandlers.discarding());
        Member web = webs.getLast(); // it has never heard of the session, and has to ask
        HttpRequest projects = HttpRequest.newBuilder(URI.create(web.url() + "/api/v1/projects")).build();

        database.kill();
        for (HttpResponse<String> answer : List.of(program.once(web, "/projects"), browser.send(projects, HttpResponse.BodyHandlers.ofString()),
                browser.send(HttpRequest.newBuilder(URI.create(web.url() + "/")).build(), HttpResponse.BodyHandlers.ofString()),
                browser.send(signIn, HttpResponse.BodyHandlers.ofString()))) {
            assertEquals(503, answer.statusCode(), answer.uri() + ": " + answer.body());
            assertEquals("5", answer.headers().firstValue("Retry-After").orElse(""), answer.uri().toString());
            assertTrue(answer.body().contains("database cannot be reached"), answer.body());
            assertEquals(answer.uri().getPath().startsWith("/api/"), answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json"));
        }
        assertFalse(cookies.getCookieStore().getCookies().stream().filter(one -> one.getName().equals("laudable")).allMatch(one -> one.getValue().isEmpty()), "still signed in");
        database.startAgain();
        Eventually.holds("the same session is served again", () -> {
            try {
                return browser.send(projects, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void logsAreJson(Member member) throws Exception {
        for (String line : member.log().lines().filter(one -> one.startsWith("{")).toList()) {
            JsonNode entry = new ObjectMapper().readTree(line);
            assertTrue(entry.has("timestamp") && entry.has("message") && entry.has("mdc"), line);
        }
        assertNotEquals(0, member.log().lines().filter(one -> one.startsWith("{")).count());
        assertFalse(member.log().lines().anyMatch(one -> one.matches("\\d\\d:\\d\\d:\\d\\d (INFO|WARN|ERROR).*")), "a line is not JSON");
    }

    private static String rows() {
        return IntStream.range(0, ROWS).mapToObj(i -> "{\"id\":\"row-" + i + "\",\"text\":\"text number " + i + "\"}").collect(Collectors.joining("\n"));
    }
}
