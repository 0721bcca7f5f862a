package org.laudable.engine.series.replay;

/** A file is not what its format says; the message names the file, the line and what was expected. */
public final class UnreadableSeries extends RuntimeException {
    public UnreadableSeries(String message) {
        super(message);
    }

    public UnreadableSeries(String message, Throwable cause) {
        super(message, cause);
    }
}
