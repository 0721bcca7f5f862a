package org.laudable.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.elytron.security.common.BcryptUtil;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.laudable.e2e.RunningLaudable;
import org.laudable.streaming.LiveProject;
import org.laudable.testing.Eventually;

/** What a server does all day: people answer a run's questions, rounds train, points arrive and are scored. */
final class SoakWork implements AutoCloseable {
    private static final String TOKEN = "lau_" + "soaks".repeat(9).substring(0, 43);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PEOPLE = 3;
    private static final int BATCH = 100;
    private static final int SERIES = 8;
    private static final int POINTS = 10;
    private static final Duration THINK = Duration.ofMillis(1_500);

    private final RunningLaudable laudable;
    private final LoadProject project;
    private final LiveProject live;
    private final Latencies latencies = new Latencies();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<Annotator.Saved>> working = new ArrayList<>();
    private final AtomicLong points = new AtomicLong();
    private Future<?> sending;
    private int runs = 1;

    private SoakWork(RunningLaudable laudable, LoadProject project, LiveProject live) {
        this.laudable = laudable;
        this.project = project;
        this.live = live;
    }

    /** @param admin also manages the project */
    static SoakWork make(RunningLaudable laudable, String admin, int texts) throws Exception {
        FoodTexts foods = new FoodTexts();
        try (Connection database = laudable.connection()) {
            long manager = LoadProject.number(database, "select id from account where username = ?", admin);
            long id = LoadProject.number(database, """
                    insert into project (kind, name, description, state, seed, batch_size, stopping, created_by)
                    values ('TEXT', 'Soak', 'a food from the group', 'ACTIVE', 7, ?, '{"budget":false,"stable":false}', ?) returning id""", BATCH, manager);
            LoadProject.number(database, "insert into budget (project_id) values (?) on conflict do nothing returning 1", id);
            LoadProject.number(database, "insert into project_member (project_id, account_id, role) values (?, ?, 'MANAGER') returning 1", id, manager);
            List<Long> classes = new ArrayList<>();
            for (String group : foods.groups()) {
                classes.add(LoadProject.number(database, "insert into label_class (project_id, ordinal, name) values (?, ?, ?) returning id", id, classes.size(), group));
            }
            LoadProject.number(database, """
                    insert into api_token (account_id, name, start, hash, actions, session_epoch, created_at, expires_at)
                    values (?, 'soak', 'lau_', ?, '{READ_ITEMS,WRITE_ITEMS,MANAGE_RUNS}', (select session_epoch from account where id = ?), now(), now() + interval '1 day') returning 1""",
                    manager, MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(StandardCharsets.UTF_8)), manager);
            String hash = BcryptUtil.bcryptHash(LoadProject.PASSWORD, 4);
            List<LoadProject.Person> people = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                String username = "soak-" + i;
                long person = LoadProject.number(database, "insert into account (username, display_name, password_hash) values (?, ?, ?) returning id", username, "Person " + i, hash);
                LoadProject.number(database, "insert into project_member (project_id, account_id, role) values (?, ?, 'ANNOTATOR') returning 1", id, person);
                people.add(new LoadProject.Person(person, username));
            }
            SoakWork work = new SoakWork(laudable, new LoadProject(id, people, classes), LiveProject.make(laudable, SERIES));
            work.bring(foods, texts);
            return work;
        }
    }

    private void bring(FoodTexts foods, int texts) throws Exception {
        String lines = IntStream.range(0, texts).mapToObj(n -> json(Map.of("id", "text-" + n, "text", foods.get(n).text()))).collect(Collectors.joining("\n"));
        long made = post("/projects/" + project.id() + "/items", "application/x-ndjson", lines).path("id").asLong();
        Eventually.holds("the texts are in", () -> laudable.number("select count(*) from data_import where state = 'DONE' and id = " + made) > 0);
    }

    /** Everybody works until then. */
    void begin(Instant end) throws Exception {
        start();
        Eventually.holds("there are questions", () -> laudable.number("select count(*) from task where state = 'OPEN' and project_id = " + project.id()) > 0);
        String key = Files.readString(laudable.data().resolve("secrets/session.key")).strip();
        for (LoadProject.Person person : project.people()) {
            Annotator one = new Annotator(List.of(laudable.url("")), person, project, key, latencies, THINK).signIn();
            working.add(threads.submit(() -> one.labelUntil(end)));
        }
        sending = threads.submit(() -> {
            while (Instant.now().isBefore(end)) {
                long began = System.nanoTime();
                for (int which = 0; which < SERIES; which++) {
                    live.send(which, POINTS);
                    points.addAndGet(POINTS);
                }
                TimeUnit.NANOSECONDS.sleep(Math.max(0, 1_000_000_000L - (System.nanoTime() - began)));
            }
            return null;
        });
    }

    /** A run that came to its end is followed by another one; what failed is told at once. */
    void look() throws Exception {
        if (laudable.number("select count(*) from run where state = 'FAILED'") > 0) {
            throw new IllegalStateException("A run failed");
        }
        for (Future<?> one : working) {
            if (one.state() == Future.State.FAILED) {
                one.get();
            }
        }
        if (sending.state() == Future.State.FAILED) {
            sending.get();
        }
        if (laudable.number("select count(*) from run where state not in ('FINISHED', 'STOPPED') and project_id = " + project.id()) == 0) {
            start();
            runs++;
        }
    }

    boolean inBackground() {
        return laudable.number("select count(*) from job where state = 'RUNNING'") > 0;
    }

    private void start() throws Exception {
        post("/projects/" + project.id() + "/run/start", null, null);
    }

    long project() {
        return project.id();
    }

    /** What was done, counted where it is kept. */
    Map<String, Long> done() {
        Map<String, Long> done = new HashMap<>();
        done.put("answers", laudable.number("select count(*) from annotation"));
        done.put("rounds", laudable.number("select count(*) from round where state = 'DONE' and number > 0"));
        done.put("points", laudable.number("select coalesce(sum(points), 0) from live_series"));
        done.put("sent", points.get());
        done.put("anomalies", laudable.number("select count(*) from live_anomaly"));
        done.put("runs", (long) runs);
        return done;
    }

    void print(Duration time) {
        latencies.print(time);
    }

    private JsonNode post(String path, String type, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(laudable.url("/api/v1" + path))).header("Authorization", "Bearer " + TOKEN)
                .POST(body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        HttpResponse<String> reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() >= 300) {
            throw new IllegalStateException(path + ": " + reply.body());
        }
        return JSON.readTree(reply.body());
    }

    private static String json(Map<String, String> line) {
        try {
            return JSON.writeValueAsString(line);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
