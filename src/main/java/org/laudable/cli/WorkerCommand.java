package org.laudable.cli;

import java.util.concurrent.Callable;
import org.laudable.ProcessRole;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One of several processes that do the work in the background. */
@Command(name = "worker", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Do the work in the background (imports, rounds, labelling of the rest, webhooks), beside other processes that share"
                + " the data folder and the database of QUARKUS_DATASOURCE_JDBC_URL (or that of './laudable run' on the folder).",
        footer = {"", "Exit codes: 0 stopped, 1 could not start, 2 the command line is wrong."})
final class WorkerCommand implements Callable<Integer> {
    private static final int MOST_THREADS = 64;

    @Spec CommandSpec spec;

    @Option(names = "--threads", defaultValue = "4", paramLabel = "N",
            description = "Jobs at a time; one place is kept for rounds that people wait for (default: ${DEFAULT-VALUE}).")
    int threads;

    @Mixin BackgroundOptions background;

    @Override
    public Integer call() throws Exception {
        if (threads < 2 || threads > MOST_THREADS) {
            throw new ParameterException(spec.commandLine(), "--threads is 2 to " + MOST_THREADS + ".");
        }
        System.setProperty("laudable.jobs.threads", Integer.toString(threads));
        return background.run(ProcessRole.WORKER, spec);
    }
}
