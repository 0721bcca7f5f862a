package org.laudable.engine.series;

/** Someone stopped a training; nothing was changed by it. */
public final class TrainingCancelled extends RuntimeException {
    public TrainingCancelled(String message) {
        super(message);
    }
}
