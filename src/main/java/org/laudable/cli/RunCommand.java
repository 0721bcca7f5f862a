package org.laudable.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.laudable.ProcessRole;
import org.laudable.database.DataFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything in one process: database first, then the application, until Ctrl-C. */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Start Laudable. The database runs inside the data folder unless QUARKUS_DATASOURCE_JDBC_URL names another.",
        footer = {"", "Exit codes: 0 stopped, 1 could not start, 2 the command line is wrong."})
final class RunCommand implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Option(names = "--demo", description = "Bring a sample team and a sample project. Loopback only.")
    boolean demo;

    @Option(names = "--data", paramLabel = "DIR",
            description = "Folder for database, uploads and models (default: ./data, for the demo ./demo-data).")
    Path data;

    @Mixin ListenOptions listen;
    @Mixin SignOnOptions signOn;

    @Override
    public Integer call() throws Exception {
        check();
        listen.configure();
        signOn.configure();
        System.setProperty("laudable.demo", Boolean.toString(demo));
        Path folder = data == null ? Path.of(demo ? "demo-data" : "data") : data;
        return new Server(ProcessRole.ALL, folder, spec.commandLine().getErr()).runWithDatabase(this::keepDemoApart);
    }

    private void check() {
        listen.check();
        signOn.check();
        if (demo && !listen.isLoopback()) {
            throw new ParameterException(spec.commandLine(), "--demo has known passwords, so it listens on loopback only.");
        }
        if (demo && Server.isDatabaseElsewhere()) {
            throw new ParameterException(spec.commandLine(), "--demo keeps its own database: unset " + Server.EXTERNAL_DATABASE + ".");
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
}
