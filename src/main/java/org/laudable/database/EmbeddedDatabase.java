package org.laudable.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * The PostgreSQL that runs beside Laudable when no other database is named.
 *
 * <p>Lives in one folder, listens on loopback only, asks for a generated password (scram-sha-256) and keeps what it
 * commits (fsync on). The caller holds the folder's {@link DataFolder} lock, so a server found running in it is an
 * orphan of a killed process and is stopped first.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    static final String NAME = "laudable";
    private static final String ONLY_WITH_PASSWORD = """
            # Written by Laudable at each start.
            local all all scram-sha-256
            host all all 127.0.0.1/32 scram-sha-256
            host all all ::1/128 scram-sha-256
            """;

    private final EmbeddedPostgres postgres;
    private final String password;

    private EmbeddedDatabase(EmbeddedPostgres postgres, String password) {
        this.postgres = postgres;
        this.password = password;
    }

    /** Starts the server in {@code folder}, making it on first use. */
    public static EmbeddedDatabase start(DataFolder folder) throws IOException, SQLException {
        Path cluster = folder.path().resolve("postgres");
        OrphanedPostgres.stop(cluster);
        Path secret = folder.secret("postgres.password");
        String password = Files.readString(secret).strip();
        removeHalfMadeCluster(cluster);
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(folder.path().resolve("postgres-binaries").toFile())
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("pwfile", secret.toString())
                .setConnectConfig("password", password)
                .setDataDirectoryCustomizer(made -> allowOnlyWithPassword(made.toPath()))
                .setPort(freePort())
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("jit", "off")
                .setServerConfig("timezone", "UTC")
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(folder.path().resolve("postgres.log").toFile()))
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(folder.path().resolve("postgres.log").toFile()))
                .start();
        EmbeddedDatabase database = new EmbeddedDatabase(postgres, password);
        database.createDatabase();
        return database;
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + NAME;
    }

    public String user() {
        return NAME;
    }

    public String password() {
        return password;
    }

    /** Stops the server; clients still connected are cut off. */
    @Override
    public void close() throws IOException {
        postgres.close();
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    do $$ begin
                      if not exists (select from pg_roles where rolname = '%s') then create role %s login; end if;
                    end $$""".formatted(NAME, NAME));
            statement.execute("alter role %s password '%s'".formatted(NAME, password));
            try (var found = statement.executeQuery("select 1 from pg_database where datname = '" + NAME + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database %s owner %s".formatted(NAME, NAME));
        }
    }

    /** A process killed inside initdb leaves a cluster without its last file; it holds no data yet. */
    private static void removeHalfMadeCluster(Path cluster) throws IOException {
        if (Files.isDirectory(cluster) && !Files.exists(cluster.resolve("global/pg_control"))) {
            DataFolder.deleteTree(cluster);
        }
    }

    private static void allowOnlyWithPassword(Path cluster) {
        try {
            Files.writeString(cluster.resolve("pg_hba.conf"), ONLY_WITH_PASSWORD);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
