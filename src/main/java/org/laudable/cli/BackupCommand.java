package org.laudable.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.laudable.backup.Backup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Saves a data folder into one file, beside a running server or without one. */
@Command(name = "backup", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Save the database and the files of a data folder into one file, while Laudable works or not.",
                "The file holds the keys that secrets are encrypted with: keep it as safe as the folder."},
        footer = {"", "Exit codes: 0 saved, 1 failed, 2 the command line is wrong."})
final class BackupCommand implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "data",
            description = "Laudable's data folder (default: ${DEFAULT-VALUE}).")
    Path data;

    @Option(names = "--to", paramLabel = "FILE", description = "The file to write (default: laudable-DATE-TIME.zip here). Nothing is overwritten.")
    Path target;

    @Override
    public Integer call() {
        Path file = target != null ? target : Path.of("laudable-" + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")) + ".zip");
        PrintWriter out = spec.commandLine().getOut();
        try {
            Backup.Taken taken = new Backup(data, file, new Progress(spec.commandLine().getErr())).take();
            out.printf("Saved %,d files, %,d bytes, as %s (%,d bytes).%n", taken.files(), taken.bytes(), file, taken.packed());
            out.println(taken.database() ? "It holds everything committed until " + taken.at() + "."
                    : "The database lives elsewhere and is not in it: save it with its own tools (pg_dump, pg_basebackup), before these files.");
            out.flush();
            return 0;
        } catch (IOException e) {
            throw new CommandFailed(e.getMessage(), e);
        } catch (SQLException e) {
            throw new CommandFailed("The database cannot be copied: " + e.getMessage(), e);
        }
    }
}
