package org.laudable.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;

/** The command 'predict' for tests of other packages. */
public final class PredictByCommand {
    private PredictByCommand() {}

    /** @return its exit code */
    public static int run(StringWriter err, String... options) {
        return Main.commandLine().setOut(new PrintWriter(System.out, true)).setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("predict"), Stream.of(options)).toArray(String[]::new));
    }
}
