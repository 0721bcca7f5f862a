package org.laudable.observability;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.laudable.database.DatabaseAway;

/**
 * Keeps the log readable while the database is away: everything that watches something says so every few seconds, and then
 * one line with the reason is enough. All other failures keep their stack traces.
 */
@LoggingFilter(name = "database-away")
public final class DatabaseAwayLines implements Filter {

    @Override
    public boolean isLoggable(LogRecord line) {
        Throwable failure = line.getThrown();
        if (failure != null && DatabaseAway.isBehind(failure)) {
            ExtLogRecord record = ExtLogRecord.wrap(line);
            String said = record.getFormattedMessage();
            String reason = String.valueOf(failure.getMessage());
            line.setThrown(null);
            if (!said.contains(reason)) {
                record.setMessage(said + ": " + reason.lines().findFirst().orElse(""), ExtLogRecord.FormatStyle.NO_FORMAT);
            }
        }
        return true;
    }
}
