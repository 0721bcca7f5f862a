package org.laudable.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.laudable.backup.Restore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a data folder of a back-up. */
@Command(name = "restore", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Make a data folder of a back-up: every part is checked, the database is started once, its audit trail is walked.",
                "Then start Laudable on it: laudable run --data DIR."},
        footer = {"", "Exit codes: 0 restored, 1 failed and nothing was made, or the audit trail was changed before the back-up, 2 the command line is wrong."})
final class RestoreCommand implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The back-up.")
    Path source;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The folder to make; absent or empty.")
    Path data;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Restore.Restored restored = new Restore(source, data, new Progress(spec.commandLine().getErr())).restore();
            out.printf("Restored %,d files, %,d bytes, into %s; taken at %s.%n", restored.files(), restored.bytes(), data, restored.takenAt());
            restored.rows().forEach((table, rows) -> out.printf("  %-14s %,12d%n", table, rows));
            out.flush();
            if (restored.audit() == null) {
                out.println("The back-up holds no database: restore that with its own tools.");
            } else if (restored.audit().fault().isPresent()) {
                throw new CommandFailed("The folder is there, but its audit trail is not as it was written: " + restored.audit().fault().get());
            } else {
                out.println("The audit trail is as it was written; its head: " + restored.audit().head());
            }
            out.flush();
            return 0;
        } catch (IOException e) {
            throw new CommandFailed(e.getMessage(), e);
        } catch (SQLException | IllegalStateException e) {
            throw new CommandFailed("The restored database does not start or cannot be read: " + e.getMessage(), e);
        }
    }
}
