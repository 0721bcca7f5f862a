package org.laudable.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.laudable.ProcessRole;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One of several processes that serve pages and REST; the work in the background is done by workers. */
@Command(name = "web", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Serve pages and REST, beside other processes that share the data folder and the database of"
                + " QUARKUS_DATASOURCE_JDBC_URL (or that of './laudable run' on the folder).",
            "Several stand behind a load balancer that keeps each browser at one of them."},
        footer = {"", "Exit codes: 0 stopped, 1 could not start, 2 the command line is wrong."})
final class WebCommand implements Callable<Integer> {
    private static final int LONGEST_DRAIN = 300;

    @Spec CommandSpec spec;

    @Option(names = "--data", defaultValue = "data", paramLabel = "DIR", description = "The folder all processes share (default: ./data).")
    Path data;

    @Option(names = "--drain", defaultValue = "5", paramLabel = "S",
            description = "Seconds between the signal to stop and the end: /q/health/ready says DOWN, and the load balancer sends"
                    + " people elsewhere (default: ${DEFAULT-VALUE}).")
    int drain;

    @Mixin ListenOptions listen;
    @Mixin SignOnOptions signOn;

    @Override
    public Integer call() throws Exception {
        listen.check();
        signOn.check();
        if (drain < 0 || drain > LONGEST_DRAIN) {
            throw new ParameterException(spec.commandLine(), "--drain is 0 to " + LONGEST_DRAIN + " seconds.");
        }
        listen.configure();
        signOn.configure();
        System.setProperty("quarkus.shutdown.delay", Duration.ofSeconds(drain).toString());
        return new Server(ProcessRole.WEB, data, spec.commandLine().getErr()).runBesideOthers();
    }
}
