package org.laudable.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.laudable.testing.Eventually;

/**
 * A real Keycloak as a process of its own, from its Maven artefact, with the realm that Laudable ships and a few people.
 * {@code mvn dependency:unpack@keycloak} puts it below {@code target/}; the whole build does it by itself.
 */
final class RunningKeycloak implements AutoCloseable {
    static final String SECRET = "a-secret-for-tests-of-forty-characters-xx";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SHIPPED = Path.of("docker", "keycloak", "laudable-realm.json");
    private static final String ADMIN = "/admin/realms/laudable";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = RunningLaudable.freePort();
    private final Path log;
    private final Process process;

    /** Starts it and comes back at once. @param laudable the address it sends people back to */
    RunningKeycloak(String laudable) {
        try {
            Path home = home();
            deleteTree(home.resolve("data"));
            Path realm = Files.createDirectories(home.resolve("data/import")).resolve("laudable-realm.json");
            JSON.writeValue(realm.toFile(), withPeople());
            log = home.resolveSibling("keycloak.log");
            ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/kc.sh").toString(), "start-dev", "--import-realm",
                    "--http-host=127.0.0.1", "--http-port=" + port, "--http-management-port=" + RunningLaudable.freePort(), "--cache=local");
            builder.environment().putAll(java.util.Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS", "-Xms64m -Xmx512m",
                    "LAUDABLE_URL", laudable, "LAUDABLE_INSIDE_URL", laudable, "LAUDABLE_OIDC_SECRET", SECRET,
                    "KC_BOOTSTRAP_ADMIN_USERNAME", "root", "KC_BOOTSTRAP_ADMIN_PASSWORD", "root"));
            process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + port + "/realms/laudable";
    }

    void awaitReady() {
        Eventually.holds("Keycloak answers", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("Keycloak ended with " + process.exitValue() + ", its log: " + log);
            }
            try {
                return send(HttpRequest.newBuilder(URI.create(issuer())).timeout(Duration.ofSeconds(5)).build()).statusCode() == 200;
            } catch (IOException e) {
                return false;
            }
        });
    }

    void give(String username, String role) {
        change("POST", "/users/" + id(username) + "/role-mappings/realm", "[" + get("/roles/" + role) + "]");
    }

    void takeAway(String username, String role) {
        change("DELETE", "/users/" + id(username) + "/role-mappings/realm", "[" + get("/roles/" + role) + "]");
    }

    void disable(String username) {
        ObjectNode person = (ObjectNode) parse(get("/users/" + id(username)));
        change("PUT", "/users/" + id(username), person.put("enabled", false).toString());
    }

    /** Ends all of a person's sessions, as an administrator there does. */
    void signOut(String username) {
        change("POST", "/users/" + id(username) + "/logout", "");
    }

    /** Stops it in mid-work: from now on it takes connections and says nothing. */
    void freeze() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    @Override
    public void close() {
        goOn();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    private void signal(String name) {
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(one -> {
            try {
                new ProcessBuilder("kill", "-" + name, Long.toString(one.pid())).start().onExit().join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private JsonNode withPeople() throws IOException {
        ObjectNode realm = (ObjectNode) JSON.readTree(SHIPPED.toFile());
        ArrayNode people = (ArrayNode) realm.path("users");
        for (String name : List.of("kim", "lee", "maya", "dora", "otto", "nora")) {
            ObjectNode person = people.addObject().put("username", name).put("enabled", true).put("firstName", name.substring(0, 1).toUpperCase() + name.substring(1))
                    .put("lastName", "Keys").put("email", name + "@example.org").put("emailVerified", true);
            person.putArray("groups").add("/annotators");
            person.putArray("credentials").addObject().put("type", "password").put("value", name + "-keycloak").put("temporary", false);
        }
        return realm;
    }

    private static Path home() throws IOException {
        Path folder = Path.of("target", "keycloak").toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException("There is no Keycloak below " + folder + ": run mvn dependency:unpack@keycloak");
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> Files.exists(path.resolve("bin/kc.sh"))).findFirst().orElseThrow();
        }
    }

    private String id(String username) {
        return parse(get("/users?exact=true&username=" + username)).path(0).path("id").asText();
    }

    private String get(String path) {
        return call(HttpRequest.newBuilder(URI.create(address(path))).GET());
    }

    private void change(String method, String path, String body) {
        call(HttpRequest.newBuilder(URI.create(address(path))).method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json"));
    }

    private String address(String path) {
        return "http://127.0.0.1:" + port + ADMIN + path;
    }

    private String call(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = send(request.header("Authorization", "Bearer " + token()).timeout(Duration.ofSeconds(30)).build());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(answer.request() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String token() throws IOException {
        String body = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded").timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=password&client_id=admin-cli&username=root&password=root")).build()).body();
        return parse(body).path("access_token").asText();
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> tree = Files.walk(root)) {
                for (Path file : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
