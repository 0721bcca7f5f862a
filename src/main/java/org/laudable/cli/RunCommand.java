package org.laudable.cli;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.laudable.database.DataFolder;
import org.laudable.database.EmbeddedDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the server: database first, then the application, until Ctrl-C. */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Start Laudable. The database runs inside the data folder unless QUARKUS_DATASOURCE_JDBC_URL names another.",
        footer = {"", "Exit codes: 0 stopped, 1 could not start, 2 the command line is wrong."})
final class RunCommand implements Callable<Integer> {
    private static final String EXTERNAL_DATABASE = "QUARKUS_DATASOURCE_JDBC_URL";

    @Spec CommandSpec spec;

    @Option(names = "--demo", description = "Bring a sample team and a sample project. Loopback only.")
    boolean demo;

    @Option(names = "--host", defaultValue = "127.0.0.1", paramLabel = "H",
            description = "Address to listen on (default: ${DEFAULT-VALUE}; 0.0.0.0 for a team).")
    String host;

    @Option(names = "--port", defaultValue = "8080", paramLabel = "N", description = "Port (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(names = "--data", paramLabel = "DIR",
            description = "Folder for database, uploads and models (default: ./data, for the demo ./demo-data).")
    Path data;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate chain (PEM): serve HTTPS.")
    Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's private key (PEM).")
    Path key;

    @Option(names = "--behind-proxy", description = "A proxy ends HTTPS: trust its forwarded headers.")
    boolean behindProxy;

    @Option(names = "--oidc-issuer", paramLabel = "URL",
            description = "Single sign-on with this OpenID Connect provider; for Keycloak, its realm's address. The client's"
                    + " secret comes from LAUDABLE_OIDC_SECRET or --oidc-secret-file.")
    String issuer;

    @Option(names = "--oidc-client", paramLabel = "ID", description = "Laudable's name at the provider (default: laudable).")
    String client;

    @Option(names = "--oidc-secret-file", paramLabel = "FILE", description = "A file with the client's secret.")
    Path secretFile;

    @Option(names = "--oidc-name", paramLabel = "NAME", description = "What the button on the sign-in page names (default: Keycloak).")
    String providerName;

    @Option(names = "--oidc-find-people", description = "Administrators find people in Keycloak.")
    boolean findPeople;

    @Option(names = "--break-glass", paramLabel = "USER",
            description = "Switch local accounts off, but for this one administrator.")
    String breakGlass;

    @Override
    public Integer call() throws Exception {
        check();
        DataFolder folder = openFolder();
        keepDemoApart(folder);
        EmbeddedDatabase database = null;
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(stopped), "database-stops-last"));
        try {
            configure(folder);
            if (System.getenv(EXTERNAL_DATABASE) == null) {
                say("Starting the database in " + folder.path());
                database = startDatabase(folder);
                System.setProperty("quarkus.datasource.jdbc.url", database.jdbcUrl());
                System.setProperty("quarkus.datasource.username", database.user());
                System.setProperty("quarkus.datasource.password", database.password());
            }
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
        } finally {
            if (database != null) {
                database.close();
            }
            folder.close();
            stopped.countDown();
        }
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

    private void check() {
        if ((certificate == null) != (key == null)) {
            throw new ParameterException(spec.commandLine(), "--tls-cert and --tls-key go together.");
        }
        if (certificate != null && behindProxy) {
            throw new ParameterException(spec.commandLine(), "--behind-proxy means the proxy ends HTTPS: leave --tls-cert out.");
        }
        if (breakGlass != null && issuer == null && System.getenv("LAUDABLE_OIDC_ISSUER") == null) {
            throw new ParameterException(spec.commandLine(), "--break-glass needs --oidc-issuer: otherwise nobody else could sign in.");
        }
        for (Path file : new Path[] {certificate, key, secretFile}) {
            if (file != null && !Files.isReadable(file)) {
                throw new CommandFailed("Cannot read " + file + ".");
            }
        }
        if (demo && !isLoopback()) {
            throw new ParameterException(spec.commandLine(), "--demo has known passwords, so it listens on loopback only.");
        }
        if (demo && System.getenv(EXTERNAL_DATABASE) != null) {
            throw new ParameterException(spec.commandLine(), "--demo keeps its own database: unset " + EXTERNAL_DATABASE + ".");
        }
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be between 0 and 65535.");
        }
    }

    /** The demo's passwords are public, so its folder never serves a real team, nor a real team's folder the demo. */
    private void keepDemoApart(DataFolder folder) throws IOException {
        Path mark = folder.path().resolve("demo");
        boolean used = Files.exists(folder.path().resolve("postgres"));
        if (Files.exists(mark) && !demo) {
            throw new CommandFailed(folder.path() + " holds the demo, whose passwords are public. Start it with --demo,"
                    + " or choose another folder with --data.");
        }
        if (demo && used && !Files.exists(mark)) {
            throw new CommandFailed(folder.path() + " holds a team's own data. Choose another folder for the demo with --data.");
        }
        if (demo && !Files.exists(mark)) {
            Files.createFile(mark);
        }
    }

    private boolean isLoopback() {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    private DataFolder openFolder() {
        if (data == null) {
            data = Path.of(demo ? "demo-data" : "data");
        }
        try {
            return DataFolder.open(data);
        } catch (DataFolder.FolderInUse e) {
            throw new CommandFailed(e.getMessage());
        } catch (IOException e) {
            throw new CommandFailed("Cannot use the data folder " + data.toAbsolutePath() + ": " + e.getMessage(), e);
        }
    }

    private EmbeddedDatabase startDatabase(DataFolder folder) throws SQLException {
        try {
            return EmbeddedDatabase.start(folder);
        } catch (IOException | IllegalStateException e) {
            throw new CommandFailed("The database did not start: " + e.getMessage() + " Its log: "
                    + folder.path().resolve("postgres.log"), e);
        }
    }

    private void configure(DataFolder folder) throws IOException {
        System.setProperty("laudable.data", folder.path().toString());
        System.setProperty("laudable.demo", Boolean.toString(demo));
        System.setProperty("laudable.plain-http", Boolean.toString(certificate == null && !behindProxy && !isLoopback()));
        System.setProperty("laudable.secure-cookies", Boolean.toString(certificate != null || behindProxy));
        System.setProperty("quarkus.http.host", host);
        System.setProperty("quarkus.http.auth.session.encryption-key", Files.readString(folder.secret("session.key")).strip());
        if (certificate == null) {
            System.setProperty("quarkus.http.port", Integer.toString(port));
        } else {
            System.setProperty("quarkus.http.insecure-requests", "disabled");
            System.setProperty("quarkus.http.ssl-port", Integer.toString(port));
            System.setProperty("quarkus.http.ssl.certificate.files", certificate.toAbsolutePath().toString());
            System.setProperty("quarkus.http.ssl.certificate.key-files", key.toAbsolutePath().toString());
        }
        setIfGiven("laudable.oidc.issuer", issuer);
        setIfGiven("laudable.oidc.client-id", client);
        setIfGiven("laudable.oidc.secret-file", secretFile == null ? null : secretFile.toAbsolutePath().toString());
        setIfGiven("laudable.oidc.name", providerName);
        setIfGiven("laudable.oidc.find-people", findPeople ? "true" : null);
        setIfGiven("laudable.break-glass", breakGlass);
        setIfGiven("laudable.local-accounts", breakGlass == null ? null : "false");
        System.setProperty("quarkus.http.proxy.proxy-address-forwarding", Boolean.toString(behindProxy));
        System.setProperty("quarkus.http.proxy.allow-x-forwarded", Boolean.toString(behindProxy));
        System.setProperty("quarkus.http.proxy.enable-forwarded-host", Boolean.toString(behindProxy));
    }

    private static void setIfGiven(String key, String value) {
        if (value != null) {
            System.setProperty(key, value);
        }
    }

    private void say(String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(message);
        err.flush();
    }
}
