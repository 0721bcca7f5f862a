package org.laudable.engine.series;

/** Sees a training's progress while it runs, from the training thread; throwing {@link TrainingCancelled} ends it. */
@FunctionalInterface
public interface TrainingWatch {

    /** Watches nothing. */
    TrainingWatch NONE = (phase, step, steps, loss) -> {
    };

    /**
     * Called every few steps.
     *
     * @param phase which model is trained, such as {@code vae} or {@code agent}
     * @param loss  the batch's loss
     */
    void at(String phase, int step, int steps, double loss);
}
