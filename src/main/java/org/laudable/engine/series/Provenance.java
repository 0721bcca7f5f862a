package org.laudable.engine.series;

/**
 * Where a model comes from: enough to make it again.
 *
 * @param engine   version of this engine's recipe
 * @param series   name of the series it learned from
 * @param points   number of judged points
 * @param answers  how many answers it learned from
 * @param round    the round it was trained in
 * @param seed     the seed
 * @param settings the settings in words
 */
public record Provenance(String engine, String series, int points, int answers, int round, long seed, String settings) {

    /** Changes whenever the same input and seed would give another model. */
    public static final String ENGINE = "series-2";
}
