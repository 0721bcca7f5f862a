package org.laudable.streaming;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.laudable.e2e.RunningLaudable;
import org.laudable.load.LoadProject;

/** Series of one channel whose real model is approved for live use, and a program that may send points. */
public final class LiveProject {
    static final long STEP = 1_000;
    static final int PAST = 500;
    static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final String TOKEN = "lau_" + "strm".repeat(11).substring(0, 43);

    private final RunningLaudable laudable;
    private final ObjectMapper json = new ObjectMapper().findAndRegisterModules();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Detector model = ScoringBench.oneChannel();
    private final List<Long> series = new ArrayList<>();
    private final List<Integer> sent = new ArrayList<>();
    private long id;

    private LiveProject(RunningLaudable laudable) {
        this.laudable = laudable;
    }

    public static LiveProject make(RunningLaudable laudable, int count) throws Exception {
        LiveProject project = new LiveProject(laudable);
        project.make(count);
        return project;
    }

    private void make(int count) throws Exception {
        try (Connection c = laudable.connection()) {
            long person = LoadProject.number(c, "insert into account (username, display_name, session_epoch) values ('streams', 'Streams', 0) returning id");
            id = LoadProject.number(c, "insert into project (kind, name, state, seed, created_by) values ('SERIES', 'Streams', 'ACTIVE', 7, ?) returning id", person);
            LoadProject.number(c, "insert into budget (project_id) values (?) on conflict do nothing returning 1", id);
            LoadProject.number(c, "insert into project_member (project_id, account_id, role) values (?, ?, 'MANAGER') returning 1", id, person);
            LoadProject.number(c, """
                    insert into api_token (account_id, name, start, hash, actions, session_epoch, created_at, expires_at)
                    values (?, 'streams', 'lau_', ?, '{WRITE_ITEMS}', 0, now(), now() + interval '1 day') returning 1""", person,
                    MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(StandardCharsets.UTF_8)));
            long approval = LoadProject.number(c, "insert into live_approval (project_id, version, state, live_at) values (?, '1-1', 'LIVE', now()) returning id", id);
            ByteArrayOutputStream bundle = new ByteArrayOutputStream();
            model.bundle().write(bundle);
            for (int i = 0; i < count; i++) {
                long one = json.readTree(post("/series", Map.of("name", "series " + i, "channels", List.of(Map.of("name", "load")), "points", told(past(i))))).path("id").asLong();
                LoadProject.number(c, """
                        insert into live_detector (approval_id, series_id, project_id, described, threshold, bundle, edges, shares) values (?, ?, ?, ?::jsonb, ?, ?, ?, ?) returning id""",
                        approval, one, id, json.writeValueAsString(model.described()), model.threshold(), bundle.toByteArray(), c.createArrayOf("float8", boxed(model.drift().edges())),
                        c.createArrayOf("float8", boxed(model.drift().shares())));
                series.add(one);
                sent.add(0);
            }
        }
    }

    public long id() {
        return id;
    }

    /** Their ids. */
    public List<Long> series() {
        return List.copyOf(series);
    }

    Detector model() {
        return model;
    }

    /** What a series was made of. */
    List<LivePoint> past(int which) {
        return IntStream.range(0, PAST).mapToObj(t -> new LivePoint(START.toEpochMilli() + STEP * t, new double[] {ScoringBench.rhythm(t - PAST + 17 * which)})).toList();
    }

    /** The point after so many live ones: a rhythm, with a burst now and then. */
    static LivePoint point(long series, int t) {
        double value = ScoringBench.rhythm(t + 17 * (int) series) + ((t + 31 * series) % 700 > 690 ? 9 : 0);
        return new LivePoint(START.toEpochMilli() + STEP * (PAST + t), new double[] {value});
    }

    /** Sends the next points of one series over REST. */
    public void send(int which, int points) throws IOException, InterruptedException {
        int from = sent.get(which);
        long one = series.get(which);
        post("/series/" + one + "/live", Map.of("points", told(IntStream.range(from, from + points).mapToObj(t -> point(one, t)).toList())));
        sent.set(which, from + points);
    }

    private static List<Map<String, ?>> told(List<LivePoint> points) {
        return points.stream().<Map<String, ?>>map(point -> Map.of("at", Instant.ofEpochMilli(point.millis()).toString(), "values", List.of(point.values()[0]))).toList();
    }

    private String post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(laudable.url("/api/v1/projects/" + id + path))).header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private static Double[] boxed(double[] values) {
        return Arrays.stream(values).boxed().toArray(Double[]::new);
    }
}
