package org.laudable.audit;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.laudable.PeriodicTask;

/** Chains what was written to the audit trail, a second later at most: nobody who labels waits for the chain. */
@ApplicationScoped
class AuditChaining {
    private static final Logger LOG = Logger.getLogger(AuditChaining.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final PeriodicTask timer = new PeriodicTask("audit-chain", this::chain, "The newest events of the audit trail were not chained");

    AuditChaining(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void start(@Observes StartupEvent event) {
        timer.start(EVERY);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.stop();
    }

    /** Chains all that waits. */
    void chain() {
        while (QuarkusTransaction.requiringNew().call(this::batch) > 0) {
            LOG.debug("Another batch of audit events is chained");
        }
    }

    private int batch() {
        try (Connection connection = dataSource.getConnection()) {
            return AuditChain.append(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The audit chain cannot be written", e);
        }
    }
}
