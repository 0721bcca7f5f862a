package org.laudable.audit;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Chains what was written to the audit trail, a second later at most: nobody who labels waits for the chain. */
@ApplicationScoped
class AuditChaining {
    private static final Logger LOG = Logger.getLogger(AuditChaining.class);
    private static final int EVERY_MILLIS = 1_000;

    private final DataSource dataSource;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("audit-chain").factory());

    AuditChaining(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void start(@Observes StartupEvent event) {
        timer.scheduleWithFixedDelay(this::chainOrWarn, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    private void chainOrWarn() {
        try {
            chain();
        } catch (RuntimeException e) {
            LOG.warn("The newest events of the audit trail were not chained; tried again in a second", e);
        }
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
