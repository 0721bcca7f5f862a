package org.laudable.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.laudable.load.LoadProject;

/**
 * A program with a personal access token. Sends each write under an idempotency key of its own, and again, to whichever
 * process answers, until one has said something about it.
 */
final class Program {
    private static final String TOKEN = "lau_" + "cluster".repeat(7).substring(0, 43);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private final List<Member> webs;

    private Program(List<Member> webs) {
        this.webs = webs;
    }

    /** Makes its person, who administers. */
    static Program of(ClusterDatabase database, List<Member> webs) {
        try (Connection connection = database.connection()) {
            long person = LoadProject.number(connection, "insert into account (username, display_name, admin, session_epoch) values ('program', 'Program', true, 0) returning id");
            LoadProject.number(connection, """
                    insert into api_token (account_id, name, start, hash, actions, session_epoch, created_at, expires_at)
                    values (?, 'cluster', 'lau_', ?, '{READ_ITEMS,WRITE_ITEMS,ANNOTATE,MANAGE_PROJECTS,MANAGE_RUNS,EXPORT}', 0, now(), now() + interval '1 day')
                    returning 1""", person, MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(StandardCharsets.UTF_8)));
            return new Program(webs);
        } catch (SQLException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asked once, of one process, whatever it answers. */
    HttpResponse<String> once(Member web, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(web.url() + "/api/v1" + path)).header("Authorization", "Bearer " + TOKEN).timeout(Duration.ofMinutes(1)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    JsonNode get(String path) {
        return send("GET", path, null, HttpRequest.BodyPublishers.noBody());
    }

    JsonNode post(String path, Object body) {
        try {
            return send("POST", path, "application/json", HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without a body. */
    JsonNode post(String path) {
        return send("POST", path, null, HttpRequest.BodyPublishers.noBody());
    }

    /** Brings lines of JSON in. @return the import's address below the project */
    String bringIn(long project, String lines) {
        return "/projects/" + project + "/imports/" + send("POST", "/projects/" + project + "/items", "application/x-ndjson",
                HttpRequest.BodyPublishers.ofString(lines)).path("id").asText();
    }

    private JsonNode send(String method, String path, String type, HttpRequest.BodyPublisher body) {
        String key = UUID.randomUUID().toString();
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int n = 0;; n++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(webs.get(n % webs.size()).url() + "/api/v1" + path))
                    .header("Authorization", "Bearer " + TOKEN).timeout(Duration.ofMinutes(1)).method(method, body);
            if (type != null) {
                request.header("Content-Type", type);
            }
            if (!method.equals("GET")) {
                request.header("Idempotency-Key", key);
            }
            String said;
            try {
                HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() < 300) {
                    return JSON.readTree(answer.body().isEmpty() ? "null" : answer.body());
                }
                said = answer.statusCode() + ": " + answer.body();
                if (answer.statusCode() < 500 && answer.statusCode() != 429 && answer.statusCode() != 409) {
                    throw new IllegalStateException(method + " " + path + " was answered " + said);
                }
            } catch (IOException e) {
                said = e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(method + " " + path + " was not answered well within " + PATIENCE.toMinutes() + " min, at last " + said);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
