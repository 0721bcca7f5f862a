package org.laudable.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.laudable.database.DataFolder;

/** Several processes of the built artefact on one PostgreSQL and one data folder, as on several machines. */
final class Cluster implements AutoCloseable {
    static final String METRICS_TOKEN = "what-the-collector-brings";

    private final Path folder;
    private final Path data;
    private final ClusterDatabase database;
    private final List<Member> members = new ArrayList<>();

    private Cluster(Path folder, Path data, ClusterDatabase database) {
        this.folder = folder;
        this.data = data;
        this.database = database;
    }

    /** The database and an empty folder; no process yet. */
    static Cluster start() {
        return start("127.0.0.1", null);
    }

    /** @param data the data folder; null: a new one */
    static Cluster start(String addresses, Path data) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "cluster")).toAbsolutePath(), "c");
            return new Cluster(folder, data == null ? folder.resolve("data") : data, ClusterDatabase.start(folder, freePort(), addresses));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ClusterDatabase database() {
        return database;
    }

    Path data() {
        return data;
    }

    /** A process that serves pages; comes back before it does. */
    Member web(String name, String... options) {
        return add(member(name, "web", "127.0.0.1", List.of(), Map.of(), options));
    }

    /** A process that works in the background; comes back before it does. */
    Member worker(String name, String... options) {
        return add(member(name, "worker", "127.0.0.1", List.of(), Map.of(), options));
    }

    Member member(String name, String role, Map<String, String> environment, String... options) {
        return member(name, role, "127.0.0.1", List.of(), environment, options);
    }

    Member add(Member member) {
        members.add(member);
        return member.start();
    }

    /** @param host where it listens and finds the database @param before what runs its command, such as {@code ip netns exec NAME} */
    Member member(String name, String role, String host, List<String> before, Map<String, String> more, String... options) {
        int port = freePort();
        List<String> arguments = new ArrayList<>(List.of(role, "--data", data.toString(), "--host", host.equals("127.0.0.1") ? host : "0.0.0.0",
                "--port", Integer.toString(port)));
        arguments.addAll(List.of(options));
        Map<String, String> environment = new HashMap<>(Map.of("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:" + database.port() + "/laudable",
                "QUARKUS_DATASOURCE_USERNAME", "laudable", "QUARKUS_DATASOURCE_PASSWORD", ClusterDatabase.PASSWORD,
                "LAUDABLE_METRICS_TOKEN", METRICS_TOKEN, "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true"));
        environment.putAll(more);
        return new Member(name, host, port, before, arguments, environment, folder.resolve(name + ".log"));
    }

    /** What signs sessions and forms on every process. */
    String sessionKey() {
        try {
            return Files.readString(data.resolve("secrets/session.key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        members.forEach(Member::close);
        database.close();
        Path logs = Files.createDirectories(Path.of("target", "server-logs"));
        try (var files = Files.newDirectoryStream(folder, "*.log")) {
            for (Path log : files) {
                Files.copy(log, logs.resolve(folder.getFileName() + "-" + log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        DataFolder.deleteTree(folder);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
