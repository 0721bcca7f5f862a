package org.laudable.cli;

/** A command cannot go on; the message says what happened and what to do. */
public final class CommandFailed extends RuntimeException {
    public CommandFailed(String message) {
        super(message);
    }

    public CommandFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
