package org.laudable.engine.text;

import java.util.Map;

/**
 * Where a model comes from: with the same engine version, data and values, training gives the same model again.
 *
 * @param trainer       the trainer's name
 * @param engineVersion raised whenever results change
 * @param poolSize      items in the pool
 * @param labels        number of labels trained on
 * @param seed          the seed
 * @param parameters    every setting by name
 */
public record ModelProvenance(String trainer, int engineVersion, int poolSize, int labels, long seed,
        Map<String, String> parameters) {

    public ModelProvenance {
        parameters = Map.copyOf(parameters);
    }
}
