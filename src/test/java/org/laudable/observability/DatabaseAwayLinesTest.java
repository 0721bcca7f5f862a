package org.laudable.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class DatabaseAwayLinesTest {
    private final DatabaseAwayLines lines = new DatabaseAwayLines();

    @Test
    void a_failure_for_want_of_the_database_is_one_line_with_its_reason() {
        ExtLogRecord line = line(new IllegalStateException("FATAL: the database system is starting up\n  Detail: recovering", new SQLException("starting", "57P03")));

        assertTrue(lines.isLoggable(line));

        assertNull(line.getThrown());
        assertEquals("Leases of 3 were not taken back: FATAL: the database system is starting up", line.getFormattedMessage());
    }

    @Test
    void any_other_failure_keeps_its_trace() {
        Throwable failure = new IllegalStateException("planned", new SQLException("twice the same", "23505"));
        ExtLogRecord line = line(failure);

        assertTrue(lines.isLoggable(line));

        assertSame(failure, line.getThrown());
        assertEquals("Leases of 3 were not taken back", line.getFormattedMessage());
    }

    private static ExtLogRecord line(Throwable failure) {
        ExtLogRecord line = new ExtLogRecord(Level.WARN, "Leases of %d were not taken back", ExtLogRecord.FormatStyle.PRINTF, DatabaseAwayLinesTest.class.getName());
        line.setParameters(new Object[] {3});
        line.setThrown(failure);
        return line;
    }
}
