package org.laudable.cli;

import java.util.concurrent.Callable;
import org.laudable.ProcessRole;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One of several processes that score points of series as they arrive. */
@Command(name = "stream", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Score points of series as they arrive from Kafka (LAUDABLE_KAFKA_SERVERS), beside other processes that share the data"
                + " folder and the database of QUARKUS_DATASOURCE_JDBC_URL (or that of './laudable run' on the folder).",
        footer = {"", "Exit codes: 0 stopped, 1 could not start, 2 the command line is wrong."})
final class StreamCommand implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Mixin BackgroundOptions background;

    @Override
    public Integer call() throws Exception {
        return background.run(ProcessRole.STREAM, spec);
    }
}
