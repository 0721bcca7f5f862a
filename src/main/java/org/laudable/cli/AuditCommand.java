package org.laudable.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.laudable.audit.AuditChain;
import org.laudable.database.DatabaseOfFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the shell does with the audit trail. */
@Command(name = "audit", mixinStandardHelpOptions = true, description = "Check the audit trail.",
        subcommands = AuditCommand.Verify.class)
final class AuditCommand implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return 2;
    }

    /** Walks the chain of the whole trail. */
    @Command(name = "verify", mixinStandardHelpOptions = true, sortOptions = false,
            description = {"Walk the chain over the whole audit trail and tell whether it is as it was written.",
                    "Works beside a running server. The head it prints, kept elsewhere, proves later that nothing before it was changed."},
            footer = {"", "Exit codes: 0 as it was written, 1 changed, or it could not be read, 2 the command line is wrong."})
    static final class Verify implements Callable<Integer> {
        @Spec CommandSpec spec;

        @Option(names = "--data", paramLabel = "DIR", defaultValue = "data",
                description = "Laudable's data folder (default: ${DEFAULT-VALUE}); QUARKUS_DATASOURCE_JDBC_URL names another database.")
        Path data;

        @Override
        public Integer call() throws Exception {
            try (DatabaseOfFolder database = DatabaseOfFolder.open(data); Connection connection = database.connect()) {
                AuditChain.Verification found = AuditChain.verify(connection);
                var out = spec.commandLine().getOut();
                out.printf("%,d events in the chain, %,d not chained yet.%nHead: %s%n%s%n", found.events(), found.waiting(),
                        found.head().isEmpty() ? "none" : found.head(), found.fault().orElse("The trail is as it was written."));
                out.flush();
                return found.fault().isEmpty() ? 0 : 1;
            } catch (IOException e) {
                throw new CommandFailed(e.getMessage(), e);
            } catch (SQLException e) {
                throw new CommandFailed("The database cannot be read: " + e.getMessage(), e);
            }
        }
    }
}
