package org.laudable.engine.text;

import org.laudable.engine.graph.LabelSpreading;

/**
 * How a pool is prepared; the defaults of {@link #standard()} are those of ENGINES §1.3b, one setting for all data.
 *
 * @param neighbours    edges per item before symmetrising
 * @param power         edge weight max(cos, 0)^power
 * @param zeroShotScale sharpness of the prompt softmax
 * @param spreading     how distributions spread over the graph
 * @param minTexts      n-grams in fewer texts are ignored
 * @param seed          for the approximate neighbour search of large pools; nothing else is random
 */
public record PoolSettings(int neighbours, int power, float zeroShotScale, LabelSpreading spreading, int minTexts,
        long seed) {

    /** 15 neighbours, power 6, scale 20, α = .95. */
    public static PoolSettings standard() {
        return new PoolSettings(15, 6, 20, LabelSpreading.standard(), 2, 0);
    }
}
