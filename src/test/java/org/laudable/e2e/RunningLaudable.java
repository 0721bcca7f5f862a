package org.laudable.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.laudable.testing.Children;
import org.laudable.testing.Eventually;

/**
 * The built artefact as a process of its own, on a data folder of its own, as a person would start it. Can be killed
 * and started again on the same folder and port.
 */
public final class RunningLaudable implements AutoCloseable {
    static final Path ARTEFACT = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();

    private final Path data;
    private final int port;
    private final List<String> options;
    private final Map<String, String> environment;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private Process process;

    private RunningLaudable(Path data, int port, Map<String, String> environment, List<String> options) {
        this.data = data;
        this.port = port;
        this.environment = environment;
        this.options = options;
    }

    /** Starts on an empty folder below {@code target/} and waits for the first page. */
    public static RunningLaudable onEmptyFolder(String... options) {
        return onEmptyFolder(freePort(), Map.of(), options);
    }

    /** The same with more in its environment. */
    public static RunningLaudable onEmptyFolder(Map<String, String> environment) {
        return onEmptyFolder(freePort(), environment);
    }

    /** The same at a known port, with more in its environment. */
    static RunningLaudable onEmptyFolder(int port, Map<String, String> environment, String... options) {
        try {
            Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target", "e2e")).toAbsolutePath(), "data");
            RunningLaudable laudable = new RunningLaudable(data, port, environment, List.of(options));
            laudable.start();
            return laudable;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url(String path) {
        return "http://localhost:" + port + path;
    }

    public Path data() {
        return data;
    }

    public long pid() {
        return process.pid();
    }

    /** What the console has shown, all starts together. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** Waits for a line on the console and returns what the pattern's first group found. */
    public String fromOutput(Pattern pattern) {
        Eventually.holds("the console shows " + pattern, () -> match(pattern) != null);
        return match(pattern);
    }

    /** A number read straight from its embedded database, past all services. */
    public long number(String sql) {
        try (Connection connection = connection(); ResultSet row = connection.createStatement().executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a program with a personal access token is answered. */
    public int statusWith(String token, String path) {
        return status(HttpRequest.newBuilder(URI.create(url(path))).header("Authorization", "Bearer " + token).build());
    }

    /** Sends nothing, as a browser that has only this cookie would. */
    public void post(String path, String cookie) {
        status(HttpRequest.newBuilder(URI.create(url(path))).header("Cookie", cookie).POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    private static int status(HttpRequest request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** To its embedded database. */
    public Connection connection() throws SQLException {
        try {
            String dbPort = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).strip();
            String password = Files.readString(data.resolve("secrets/postgres.password")).strip();
            return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + dbPort + "/laudable", "laudable", password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** kill -9: nothing gets a chance to clean up. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts it again on the same folder and port. */
    public void start() {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector", "-XX:+UseCompactObjectHeaders",
                "-Dai.djl.offline=true", "-Dai.djl.pytorch.num_threads=1", "-Dai.djl.pytorch.num_interop_threads=1", "-jar", ARTEFACT.toString(),
                "run", "--port", Integer.toString(port), "--data", data.toString()));
        command.addAll(options);
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("OMP_WAIT_POLICY", "PASSIVE"); // as the launcher sets it
            builder.environment().putAll(environment);
            process = Children.endWithUs(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Process started = process;
        Thread.ofVirtual().start(() -> read(started));
        Eventually.holds("the first page answers", () -> {
            if (!started.isAlive()) {
                throw new AssertionError("Laudable ended with " + started.exitValue() + ":\n" + String.join("\n", output));
            }
            return answers();
        });
    }

    /** Stops it as Ctrl-C does and removes its folder; what it complained of is shown, all it said is in {@code target/server-logs}. */
    @Override
    public void close() {
        keepOutput();
        List<String> complaints = output.stream().filter(line -> line.contains(" ERROR ") || line.contains("Exception") || line.contains("at org.laudable.")).toList();
        complaints.stream().limit(30).forEach(line -> System.err.println("[server] " + line));
        process.destroy();
        process.onExit().join();
        try (var tree = Files.walk(data)) {
            for (Path file : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keepOutput() {
        try {
            Files.write(Files.createDirectories(Path.of("target", "server-logs")).resolve(data.getFileName() + ".log"), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url("/login"))).timeout(Duration.ofSeconds(5)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 500;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void read(Process started) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException e) {
            output.add("(the console ended: " + e.getMessage() + ")");
        }
    }

    private String match(Pattern pattern) {
        return output.reversed().stream().map(pattern::matcher).filter(Matcher::find).map(found -> found.group(1))
                .findFirst().orElse(null);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
