package org.laudable.engine.text;

import java.util.stream.IntStream;

/** Picks the best of scored items. */
final class Ranking {

    /** A score for a pool item. */
    @FunctionalInterface
    interface Score {
        float of(int item);
    }

    private Ranking() {
    }

    /** The k items with the highest scores, best first; the smaller index wins a tie. */
    static int[] top(int[] items, int k, Score score) {
        float[] value = new float[items.length];
        for (int i = 0; i < value.length; i++) {
            value[i] = score.of(items[i]);
        }
        return IntStream.range(0, items.length).boxed()
                .sorted((a, b) -> value[a] != value[b] ? Float.compare(value[b], value[a]) : Integer.compare(items[a], items[b]))
                .limit(k).mapToInt(i -> items[i]).toArray();
    }
}
