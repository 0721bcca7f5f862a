package org.laudable.security;

import java.sql.SQLException;
import java.util.Optional;
import org.laudable.Refused;

/** Recognises what the database says when somebody who may only read tried to write. */
public final class OnlyReading {
    private static final String READ_ONLY_TRANSACTION = "25006";
    private static final int DEEP = 12;

    private OnlyReading() {}

    /** The refusal behind a failure, if that is what it was. */
    public static Optional<Refused> behind(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEP; cause = cause.getCause(), depth++) {
            if (cause instanceof SQLException sql && READ_ONLY_TRANSACTION.equals(sql.getSQLState())) {
                return Optional.of(new Refused("The sign-in provider cannot be reached, so you can look but not change anything"
                        + " for now. It is tried again every few seconds."));
            }
        }
        return Optional.empty();
    }
}
