package org.laudable.engine.text;

/** Derives a task model from the answers so far (LAUD's 'derive a TLLM'). Stateless; one per kind of model. */
public interface TaskTrainer {

    /** The kind's name in settings and exports, such as {@code embedded-head}. */
    String name();

    /**
     * Trains on the answers so far. With no answers the model is the zero-shot start.
     *
     * @param seed decides the folds of cross-validation; same pool, labels and seed give the same model
     * @throws IllegalArgumentException if a label names an item or class that does not exist
     */
    TaskModel train(CandidatePool pool, TrainingLabels labels, long seed);
}
