package org.laudable.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * The PostgreSQL that runs beside Laudable when no other database is named.
 *
 * <p>Lives in one folder, listens on loopback only, asks for a generated password (scram-sha-256) and keeps what it
 * commits (fsync on). The caller holds the folder's {@link DataFolder} lock, so a server found running in it is an
 * orphan of a killed process and is stopped first.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    static final String NAME = "laudable";
    private static final Logger LOG = Logger.getLogger(EmbeddedDatabase.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);
    private static final String ONLY_WITH_PASSWORD = """
            # Written by Laudable at each start.
            local all all scram-sha-256
            host all all 127.0.0.1/32 scram-sha-256
            host all all ::1/128 scram-sha-256
            """;

    private final DataFolder folder;
    private final Path cluster;
    private final Path secret;
    private final String password;
    private final int port;
    private EmbeddedPostgres postgres;
    private volatile boolean closed;

    private EmbeddedDatabase(DataFolder folder) throws IOException {
        this.folder = folder;
        this.cluster = folder.path().resolve("postgres");
        this.secret = folder.secret("postgres.password");
        this.password = Files.readString(secret).strip();
        OrphanedPostgres.stop(cluster); // it may still have the port
        this.port = port(folder.path().resolve("postgres.port"));
    }

    /** Starts the server in {@code folder}, making it on first use; should it die before {@link #close}, it is started again. */
    public static EmbeddedDatabase start(DataFolder folder) throws IOException, SQLException {
        EmbeddedDatabase database = new EmbeddedDatabase(folder);
        database.launch();
        database.createDatabase();
        database.watch();
        return database;
    }

    private synchronized void launch() throws IOException {
        if (closed) {
            return;
        }
        if (postgres != null) {
            postgres.close(); // lets go of the folder
        }
        OrphanedPostgres.stop(cluster);
        removeHalfMadeCluster(cluster);
        postgres = EmbeddedPostgres.builder()
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
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("jit", "off")
                .setServerConfig("timezone", "UTC")
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(folder.path().resolve("postgres.log").toFile()))
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(folder.path().resolve("postgres.log").toFile()))
                .start();
    }

    /** Waits for the server's end on a thread of its own; nobody else would start it again. */
    private void watch() {
        Thread.ofPlatform().name("embedded-database").daemon().start(() -> {
            while (!closed) {
                try {
                    OrphanedPostgres.running(cluster).ifPresent(server -> server.onExit().join());
                    if (!closed) {
                        LOG.warn("The database ended by itself and is started again; its log: " + folder.path().resolve("postgres.log"));
                        launch();
                    }
                } catch (IOException | RuntimeException e) {
                    LOG.errorf("The database could not be started again, tried anew in %d s: %s", BETWEEN_TRIES.toSeconds(), e.getMessage());
                    LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
                }
            }
        });
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME;
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
        closed = true;
        synchronized (this) {
            postgres.close();
        }
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

    /** The same as at the last start where that is free, so that processes beside this one find the server again. */
    private static int port(Path remembered) throws IOException {
        int last = Files.exists(remembered) ? parse(Files.readString(remembered).strip()) : 0;
        int port = last > 0 && isFree(last) ? last : freePort();
        Files.writeString(remembered, Integer.toString(port));
        return port;
    }

    private static int parse(String port) {
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
