package org.laudable.database;

import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.laudable.PeriodicTask;

/**
 * The clock everyone injects: the database's, so that all processes agree whatever their machines' clocks say. It is this
 * machine's, set right by how far it was off when the database was last asked; a test may bring another.
 */
@ApplicationScoped
class DatabaseClock {
    private static final Logger LOG = Logger.getLogger(DatabaseClock.class);
    private static final Duration ASK_EVERY = Duration.ofSeconds(30);
    /** Clocks that agree so far are left alone: an answer from the database is no more exact on a busy machine. */
    private static final Duration AGREED = Duration.ofMillis(100);
    private static final Duration TOO_SLOW = Duration.ofSeconds(1);
    private static final Duration WORTH_A_WORD = Duration.ofSeconds(5);

    private final DataSource dataSource;
    private final Clock machine;
    private final PeriodicTask timer = new PeriodicTask("database-clock", this::ask, "The database was not asked for its time");
    private volatile Duration ahead = Duration.ZERO;

    @jakarta.inject.Inject
    DatabaseClock(DataSource dataSource) {
        this(dataSource, Clock.systemUTC());
    }

    DatabaseClock(DataSource dataSource, Clock machine) {
        this.dataSource = dataSource;
        this.machine = machine;
    }

    @Produces
    @DefaultBean
    @ApplicationScoped
    Clock clock() {
        return new SetRight(ZoneOffset.UTC);
    }

    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent started) {
        ask();
        timer.start(ASK_EVERY);
    }

    void stop(@Observes ShutdownEvent stopped) {
        timer.stop();
    }

    /** Compares both clocks; what was known stays when the database cannot be asked, or answers too late to tell. */
    void ask() {
        try (Connection connection = dataSource.getConnection(); Statement query = connection.createStatement()) {
            Instant asked = machine.instant();
            long began = System.nanoTime();
            Instant there;
            try (ResultSet row = query.executeQuery("select clock_timestamp()")) {
                row.next();
                there = row.getObject(1, OffsetDateTime.class).toInstant();
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            if (took.compareTo(TOO_SLOW) < 0) {
                set(Duration.between(asked.plus(took.dividedBy(2)), there));
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The database was not asked for its time; tried again in " + ASK_EVERY.toSeconds() + " s", e);
        }
    }

    private void set(Duration measured) {
        Duration now = measured.abs().compareTo(AGREED) <= 0 ? Duration.ZERO : measured;
        if (now.minus(ahead).abs().compareTo(WORTH_A_WORD) > 0) {
            LOG.warnf("The database's clock differs from this machine's by %d s; the database's is used", now.toSeconds());
        }
        ahead = now;
    }

    private final class SetRight extends Clock {
        private final ZoneId zone;

        SetRight(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            return machine.instant().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new SetRight(other);
        }
    }
}
