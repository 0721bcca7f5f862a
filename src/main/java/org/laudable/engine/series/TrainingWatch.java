package org.laudable.engine.series;

/**
 * Sees a training's progress while it runs, from the training thread; throwing {@link TrainingCancelled} ends it. It is
 * asked at least every few seconds, whatever is being computed.
 */
@FunctionalInterface
public interface TrainingWatch {

    /** Watches nothing. */
    TrainingWatch NONE = step -> {
    };

    /** Called every few steps. */
    void at(TrainingStep step);
}
