package org.laudable.engine.series.file;

/** A file that holds no series that can be read; the message says why, to a person. */
public final class UnreadableSource extends Exception {
    public UnreadableSource(String message) {
        super(message);
    }
}
