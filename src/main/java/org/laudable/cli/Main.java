package org.laudable.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The process's entry: hands the command line to one of Laudable's commands. */
@QuarkusMain
@Command(name = "laudable", mixinStandardHelpOptions = true, version = "Laudable 0.1",
        description = "A team turns unlabeled data into labels it can trust.",
        subcommands = {RunCommand.class, WebCommand.class, WorkerCommand.class, StreamCommand.class, ReplayCommand.class, PredictCommand.class, AuditCommand.class, BackupCommand.class, RestoreCommand.class, NativesCommand.class},
        footer = {"", "Exit codes: 0 done, 1 failed, 2 the command line is wrong."})
public final class Main {

    public static void main(String[] args) {
        System.exit(commandLine().execute(args.length == 0 ? new String[] {"run"} : args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
    }

    /** A failure a person can act on is one sentence; anything else keeps its stack trace. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof CommandFailed) {
            PrintWriter err = command.getErr();
            err.println(command.getColorScheme().errorText(failure.getMessage()));
            if (failure.getCause() != null && System.getenv("LAUDABLE_DEBUG") != null) {
                failure.getCause().printStackTrace(err);
            }
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }
}
