package org.laudable.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.laudable.testing.Eventually;

/** The one PostgreSQL of a cluster, at a port that stays the same when it is killed and started again. */
final class ClusterDatabase implements AutoCloseable {
    static final String PASSWORD = "one-password-for-the-cluster";
    private static final String NAME = "laudable";

    private final Path folder;
    private final int port;
    private final String addresses;
    private EmbeddedPostgres postgres;

    private ClusterDatabase(Path folder, int port, String addresses) {
        this.folder = folder;
        this.port = port;
        this.addresses = addresses;
    }

    /** @param addresses it listens at, such as {@code 127.0.0.1} */
    static ClusterDatabase start(Path folder, int port, String addresses) {
        ClusterDatabase database = new ClusterDatabase(folder, port, addresses);
        try {
            database.begin();
            try (Connection connection = database.postgres.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
                statement.execute("create role " + NAME + " login superuser password '" + PASSWORD + "'");
                statement.execute("create database " + NAME + " owner " + NAME);
            }
            return database;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The cluster's database did not start; its log: " + folder.resolve("postgres.log"), e);
        }
    }

    private void begin() throws IOException {
        Path log = folder.resolve("postgres.log");
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres")).setCleanDataDirectory(false).setRegisterShutdownHook(true)
                .setOverrideWorkingDirectory(Path.of("target", "cluster-postgres").toAbsolutePath().toFile())
                .setLocaleConfig("locale-provider", "builtin").setLocaleConfig("builtin-locale", "C.UTF-8").setLocaleConfig("locale", "C")
                .setPort(port).setPGStartupWait(Duration.ofSeconds(60))
                .setDataDirectoryCustomizer(made -> letNetworkIn(made.toPath()))
                .setServerConfig("listen_addresses", addresses).setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on").setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "250").setServerConfig("shared_buffers", "256MB").setServerConfig("max_wal_size", "2GB")
                .setServerConfig("jit", "off").setServerConfig("timezone", "UTC")
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile())).setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** kill -9 of the server: its sessions die with it, and what was not committed is gone. */
    void kill() {
        ProcessHandle server = ProcessHandle.of(Long.parseLong(firstLine(folder.resolve("postgres/postmaster.pid")).strip())).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
    }

    /** Starts a killed one again, on what it had committed. */
    void startAgain() {
        Eventually.holds("the sessions of the killed server are gone", () -> ProcessHandle.allProcesses()
                .noneMatch(one -> one.info().commandLine().filter(line -> line.contains(folder.resolve("postgres").toString())).isPresent()));
        try {
            postgres.close(); // lets go of the folder
            Files.deleteIfExists(folder.resolve("postgres/postmaster.pid"));
            begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + NAME, NAME, PASSWORD);
    }

    long number(String sql) {
        try (Connection connection = connection(); Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    String text(String sql) {
        try (Connection connection = connection(); Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    private static void letNetworkIn(Path cluster) {
        try {
            Files.writeString(cluster.resolve("pg_hba.conf"), "\nhost all all 10.0.0.0/8 scram-sha-256\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(Path file) {
        try {
            return Files.readAllLines(file).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
