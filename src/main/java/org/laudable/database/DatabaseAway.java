package org.laudable.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Recognises a failure that only says that the database could not be reached: the same may well succeed in some seconds. */
public final class DatabaseAway {
    /** What whoever waits can do. */
    public static final String SENTENCE = "The database cannot be reached at the moment, so this could not be done. Try again in some seconds;"
            + " if it stays like this, tell whoever runs Laudable.";
    /** When to try again. */
    public static final int SECONDS = 5;
    private static final int MOST = 60;

    private DatabaseAway() {}

    /** Whether it is what lies behind a failure, wrapped or not. */
    public static boolean isBehind(Throwable failure) {
        return isBehind(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** A transaction that cannot end carries why beside it, not as its cause. */
    private static boolean isBehind(Throwable failure, Set<Throwable> seen) {
        if (failure == null || seen.size() >= MOST || !seen.add(failure)) {
            return false;
        }
        if (failure instanceof SQLException sql && isAway(sql)) {
            return true;
        }
        for (Throwable beside : failure.getSuppressed()) {
            if (isBehind(beside, seen)) {
                return true;
            }
        }
        return isBehind(failure.getCause(), seen);
    }

    private static boolean isAway(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return state.startsWith("08") // no connection, or it broke off
                || state.startsWith("57P0") && !state.equals("57P04") // the server stops, was killed, or is starting; not: the database was dropped
                || state.equals("53300") // it takes no more connections
                || failure instanceof SQLTransientConnectionException || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException
                || failure.getCause() instanceof TimeoutException; // none came free in the pool
    }
}
