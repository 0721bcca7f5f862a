package org.laudable.engine.text;

import org.laudable.engine.linear.FloatMatrix;

/** A trained model of a project's task. Immutable and safe for several threads. */
public interface TaskModel {

    /** Where the model comes from. */
    ModelProvenance provenance();

    /**
     * P, the distributions as trained, n × classes over the pool. They decide what to ask; their maximum is the
     * prediction, but as probabilities they are far too modest. Read-only.
     */
    FloatMatrix poolScores();

    /** P after temperature scaling: probabilities fit to be shown and compared with a threshold. Same order as P. */
    FloatMatrix poolProbabilities();

    /** Temperature-scaled probabilities of texts outside the pool, m × classes. */
    FloatMatrix predict(OutsideItems items);

    /**
     * What is left of the model once the loop is over: it predicts as {@link #predict} does, and can be kept in a file.
     *
     * @param pool the one it was trained on
     */
    TextScorer scorer(CandidatePool pool);

    /** What cross-validation said of the training labels, from which the temperature and thresholds come. */
    CrossValidation crossValidation();
}
