package org.laudable.engine.text;

/**
 * Settings of {@link EmbeddedHead}; {@link #standard()} is the recipe of ENGINES §1.3b, one setting for all data.
 *
 * @param regularization C of the regression: it minimises Σ loss + ‖W‖² / (2C)
 * @param labelRows      weight of the class prompts as examples of their class; 0 leaves them out
 * @param promptScale    zero-shot logits of those examples
 * @param offsetFloor    added to F₀ before its logarithm becomes the regression's offset
 * @param earlyGraph     share of the graph in the fusion while labels are few
 * @param lateGraph      its share afterwards
 * @param fewLabels      labels per class that are not few any more
 * @param regressionInBase share of LR, beside F₀, in what is spread over the graph; 0 is ENGINES §1.3b to the letter
 * @param iterations     at most this many steps of L-BFGS
 * @param folds          of cross-validation; 0 skips it
 * @param firstTemperature scales probabilities until there are labels enough to cross-validate
 */
public record HeadSettings(float regularization, float labelRows, float promptScale, float offsetFloor,
        float earlyGraph, float lateGraph, float fewLabels, float regressionInBase, int iterations, int folds,
        float firstTemperature) {

    /** One setting for all data, chosen on the dev parts of two data sets. */
    public static HeadSettings standard() {
        return new HeadSettings(10, 1, 10, 1e-3f, .75f, .5f, 8, .5f, 100, 5, .5f);
    }

    /** The same without cross-validation: several times faster, for simulations that need no probabilities. */
    public HeadSettings withoutCalibration() {
        return new HeadSettings(regularization, labelRows, promptScale, offsetFloor, earlyGraph, lateGraph, fewLabels,
                regressionInBase, iterations, 0, firstTemperature);
    }
}
