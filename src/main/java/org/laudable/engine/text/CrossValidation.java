package org.laudable.engine.text;

import org.laudable.engine.linear.FloatMatrix;

/**
 * Predictions for the training labels, each by a model that did not see it, already temperature-scaled.
 *
 * @param temperature   what the log of P is divided by; below 1 it sharpens
 * @param labels        the training labels
 * @param probabilities one row per label, scaled; no rows if there were too few labels to cross-validate
 */
public record CrossValidation(float temperature, TrainingLabels labels, FloatMatrix probabilities) {

    /** Whether there were enough labels (20 by default); if not, the temperature is a first guess from other data. */
    public boolean available() {
        return probabilities.rows() > 0;
    }
}
