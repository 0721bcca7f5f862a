package org.laudable.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.laudable.testing.Children;
import org.laudable.testing.Eventually;

/** One process of a cluster. Can be killed, told to stop, frozen, and started again at the same port. */
public final class Member implements AutoCloseable {
    static final Path ARTEFACT = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(3)).build();

    private final String name;
    private final String host;
    private final int port;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;

    /** @param before what runs the command, such as {@code ip netns exec NAME}; empty: nothing */
    Member(String name, String host, int port, List<String> before, List<String> arguments, Map<String, String> environment, Path log) {
        this.name = name;
        this.host = host;
        this.port = port;
        this.environment = environment;
        this.log = log;
        command = new ArrayList<>(before);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
                "--add-modules=jdk.incubator.vector", "-XX:+UseCompactObjectHeaders", "-Xms64m", "-Xmx900m", "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=1", "-Dai.djl.pytorch.num_interop_threads=1", "-jar", ARTEFACT.toString()));
        command.addAll(arguments);
    }

    /** Starts it and comes back at once. */
    Member start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("OMP_WAIT_POLICY", "PASSIVE"); // as the launcher sets it
            builder.environment().putAll(environment);
            process = Children.endWithUs(builder.start());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Member awaitReady() {
        Eventually.holds(name + " is ready", () -> {
            if (!process.isAlive()) {
                throw new AssertionError(name + " ended with " + process.exitValue() + ", its log:\n" + log());
            }
            return status("/q/health/ready") == 200;
        });
        return this;
    }

    public String name() {
        return name;
    }

    public String url() {
        return "http://" + host + ":" + port;
    }

    /** Of the Java process: what runs it may be another one before it. */
    long pid() {
        return process.descendants().reduce((first, last) -> last).map(ProcessHandle::pid).orElse(process.pid());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** 0: no answer. */
    int status(String path) {
        return call(HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(5)).build()).map(HttpResponse::statusCode).orElse(0);
    }

    /** What a collector of metrics reads. */
    String metrics() {
        return call(HttpRequest.newBuilder(URI.create(url() + "/q/metrics")).header("Authorization", "Bearer " + Cluster.METRICS_TOKEN)
                .timeout(Duration.ofSeconds(10)).build()).map(HttpResponse::body).orElse("");
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** kill -9: nothing gets a chance to clean up. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    /** kill -TERM, as an update does, until it has ended. */
    Duration stop() throws InterruptedException {
        long since = System.nanoTime();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new AssertionError(name + " did not end within two minutes of being told to, its log:\n" + log());
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** kill -STOP: it holds what it holds and does nothing. */
    void freeze() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            goOn();
            kill();
        }
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<HttpResponse<String>> call(HttpRequest request) {
        try {
            return Optional.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
