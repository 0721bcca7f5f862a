package org.laudable.loop;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** One process at a time advances a run: a lock that PostgreSQL lets go by itself when its holder dies. */
@ApplicationScoped
public class RunLock {
    /** Sets these locks apart from other advisory locks. */
    private static final int SPACE = 0x4C415544;

    private final DataSource dataSource;

    RunLock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The lock while it is open; its connection serves nothing else. */
    public record Held(Connection connection, long runId) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            try (connection; PreparedStatement unlock = connection.prepareStatement("select pg_advisory_unlock(?, ?)")) {
                unlock.setInt(1, SPACE);
                unlock.setInt(2, (int) runId);
                unlock.execute();
            }
        }
    }

    /** Takes the lock; empty if somebody else advances the run. Not inside a transaction. */
    public Optional<Held> tryHold(long runId) throws SQLException {
        Connection connection = dataSource.getConnection();
        boolean got = false;
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
            lock.setInt(1, SPACE);
            lock.setInt(2, (int) runId);
            try (ResultSet row = lock.executeQuery()) {
                got = row.next() && row.getBoolean(1);
            }
        } finally {
            if (!got) {
                connection.close();
            }
        }
        return got ? Optional.of(new Held(connection, runId)) : Optional.empty();
    }
}
