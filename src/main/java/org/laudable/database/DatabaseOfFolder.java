package org.laudable.database;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * A way into Laudable's database for a command of the shell: the server's own while one runs on the folder, otherwise
 * started for as long as the command takes; or the external one that the environment names.
 */
public final class DatabaseOfFolder implements Closeable {
    private final String url;
    private final String user;
    private final String password;
    private final boolean embedded;
    private final Closeable owned;

    private DatabaseOfFolder(String url, String user, String password, boolean embedded, Closeable owned) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.embedded = embedded;
        this.owned = owned;
    }

    /** @throws IOException if there is no database in the folder, or it does not answer */
    public static DatabaseOfFolder open(Path data) throws IOException, SQLException {
        String external = System.getenv("QUARKUS_DATASOURCE_JDBC_URL");
        if (external != null) {
            return new DatabaseOfFolder(external, System.getenv("QUARKUS_DATASOURCE_USERNAME"), System.getenv("QUARKUS_DATASOURCE_PASSWORD"), false,
                    () -> {});
        }
        return openOwn(data);
    }

    /** The same for the database in the folder, whatever the environment names. */
    public static DatabaseOfFolder openOwn(Path data) throws IOException, SQLException {
        if (!Files.isDirectory(data.resolve("postgres"))) {
            throw new IOException("There is no database in " + data.toAbsolutePath() + ". Name Laudable's data folder with --data.");
        }
        DataFolder folder;
        try {
            folder = DataFolder.open(data);
        } catch (DataFolder.FolderInUse e) {
            return running(data);
        }
        try {
            EmbeddedDatabase database = EmbeddedDatabase.start(folder);
            return new DatabaseOfFolder(database.jdbcUrl(), database.user(), database.password(), true, () -> {
                database.close();
                folder.close();
            });
        } catch (IOException | SQLException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /**
     * The database of the server that runs on the folder.
     *
     * @throws IOException if none runs
     */
    public static DatabaseOfFolder openRunning(Path data) throws IOException {
        String how = " Start './laudable run' on it first, or name a database with QUARKUS_DATASOURCE_JDBC_URL.";
        if (!Files.isDirectory(data.resolve("postgres"))) {
            throw new IOException("There is no database in " + data.toAbsolutePath() + "." + how);
        }
        try (DataFolder nobodys = DataFolder.open(data)) {
            throw new IOException("No Laudable runs on " + nobodys.path() + "." + how);
        } catch (DataFolder.FolderInUse e) {
            return running(data);
        }
    }

    private static DatabaseOfFolder running(Path data) throws IOException {
        Path pidFile = data.resolve("postgres/postmaster.pid");
        List<String> lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
        if (lines.size() < 4) {
            throw new IOException("The server on " + data.toAbsolutePath() + " is just starting or stopping. Try again in a moment.");
        }
        return new DatabaseOfFolder("jdbc:postgresql://127.0.0.1:" + lines.get(3).strip() + "/" + EmbeddedDatabase.NAME, EmbeddedDatabase.NAME,
                Files.readString(DataFolder.secret(data, "postgres.password")).strip(), true, () -> {});
    }

    public String url() {
        return url;
    }

    public String user() {
        return user;
    }

    public String password() {
        return password;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** Whether it is the one in the folder. */
    public boolean embedded() {
        return embedded;
    }

    /** A superuser's connection to the embedded cluster. */
    public Connection connectAsOwner() throws SQLException {
        return DriverManager.getConnection(url.replaceFirst("/" + EmbeddedDatabase.NAME + "$", "/postgres"), "postgres", password);
    }

    @Override
    public void close() throws IOException {
        owned.close();
    }
}
