package org.laudable.cli;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.laudable.ProcessRole;
import org.laudable.database.DataFolder;
import org.laudable.database.DatabaseOfFolder;
import org.laudable.database.EmbeddedDatabase;

/** Starts the application in this process, with the database it needs, and waits until it is stopped. */
final class Server {
    static final String EXTERNAL_DATABASE = "QUARKUS_DATASOURCE_JDBC_URL";

    private final ProcessRole role;
    private final Path data;
    private final PrintWriter err;

    Server(ProcessRole role, Path data, PrintWriter err) {
        this.role = role;
        this.data = data;
        this.err = err;
    }

    /** Looks at the folder once it is this process's, before anything starts. */
    interface Look {
        void at(DataFolder folder) throws IOException;
    }

    /**
     * Everything in one process. The database is the one that the environment names; else it starts in the folder, which no other
     * process may have open then, and is started again should it die.
     */
    int runWithDatabase(Look look) throws Exception {
        if (isDatabaseElsewhere()) {
            return runOn(open(true), look, () -> {});
        }
        DataFolder folder = open(false);
        return runOn(folder, look, startDatabase(folder, look));
    }

    /** One of several processes: on the database that the environment names, or that of the process that runs on the folder. */
    int runBesideOthers() throws Exception {
        if (isDatabaseElsewhere()) {
            return runOn(open(true), folder -> {}, () -> {});
        }
        try (DatabaseOfFolder running = DatabaseOfFolder.openRunning(data)) {
            use(running.url(), running.user(), running.password());
            configure(data.toAbsolutePath().normalize());
            return run();
        } catch (IOException e) {
            throw new CommandFailed(e.getMessage(), e);
        }
    }

    static boolean isDatabaseElsewhere() {
        return System.getenv(EXTERNAL_DATABASE) != null;
    }

    private int runOn(DataFolder folder, Look look, AutoCloseable database) throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(stopped), "database-stops-last"));
        try (folder; database) {
            if (isDatabaseElsewhere()) {
                look.at(folder);
            }
            configure(folder.path());
            return run();
        } finally {
            stopped.countDown();
        }
    }

    private AutoCloseable startDatabase(DataFolder folder, Look look) throws Exception {
        try {
            look.at(folder);
            err.println("Starting the database in " + folder.path());
            err.flush();
            EmbeddedDatabase database = EmbeddedDatabase.start(folder);
            use(database.jdbcUrl(), database.user(), database.password());
            return database;
        } catch (IOException | IllegalStateException | SQLException e) {
            folder.close();
            throw new CommandFailed("The database did not start: " + e.getMessage() + " Its log: " + folder.path().resolve("postgres.log"), e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static int run() {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicInteger exitCode = new AtomicInteger();
        Quarkus.run(null, (code, thrown) -> {
            exitCode.set(code);
            failure.set(thrown);
        });
        if (failure.get() != null) {
            throw new CommandFailed("Laudable could not start: " + rootMessage(failure.get()), failure.get());
        }
        return exitCode.get();
    }

    private DataFolder open(boolean shared) {
        try {
            return shared ? DataFolder.share(data) : DataFolder.open(data);
        } catch (DataFolder.FolderInUse e) {
            throw new CommandFailed(e.getMessage());
        } catch (IOException e) {
            throw new CommandFailed("Cannot use the data folder " + data.toAbsolutePath() + ": " + e.getMessage(), e);
        }
    }

    private void configure(Path folder) throws IOException {
        System.setProperty("laudable.role", role.name().toLowerCase(Locale.ROOT));
        System.setProperty("laudable.data", folder.toString());
        System.setProperty("quarkus.http.auth.session.encryption-key", Files.readString(DataFolder.secret(folder, "session.key")).strip());
    }

    private static void use(String url, String user, String password) {
        System.setProperty("quarkus.datasource.jdbc.url", url);
        System.setProperty("quarkus.datasource.username", user);
        System.setProperty("quarkus.datasource.password", password);
    }

    /** On Ctrl-C the JVM ends when its hooks have: this one waits until application and database have stopped, in that order. */
    private static void await(CountDownLatch stopped) {
        try {
            stopped.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
