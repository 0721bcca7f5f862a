package org.laudable.engine.text;

/**
 * Decides what to ask next. Strategies keep no state between calls and are safe for several threads; by name they are
 * found through {@link QueryStrategies}.
 */
public interface QueryStrategy {

    /** The name in settings, exports and replays. */
    String name();

    /**
     * The items worth an answer most, best first.
     *
     * @param batch how many are wanted, at least 1
     * @return pool indices, distinct, no two with the same normalised text, none answered or excluded; fewer than
     *     {@code batch} only where the pool has no more
     */
    int[] select(QueryContext context, int batch);
}
