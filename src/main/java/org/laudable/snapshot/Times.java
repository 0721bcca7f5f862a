package org.laudable.snapshot;

import java.util.LinkedHashMap;
import java.util.Map;

/** Times of single points of many series, in whatever order they are asked for: blocks of points, those asked for last kept. */
final class Times {
    static final int BLOCK = 8_192;
    /** Together a million points, eight megabytes. */
    static final int MOST_BLOCKS = 128;

    private final Stretch reading;
    private final Map<Block, long[]> blocks = new LinkedHashMap<>(16, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Block, long[]> eldest) {
            return size() > MOST_BLOCKS;
        }
    };

    /** Reads times of the points from … to − 1 of a series, in epoch milliseconds. */
    interface Stretch {
        long[] read(long seriesId, int from, int to);
    }

    private record Block(long seriesId, int number) {}

    Times(Stretch reading) {
        this.reading = reading;
    }

    /** @param points how many the series has */
    long at(long seriesId, int point, int points) {
        int first = point / BLOCK * BLOCK;
        return blocks.computeIfAbsent(new Block(seriesId, first), block -> reading.read(seriesId, first, Math.min(points, first + BLOCK)))[point - first];
    }
}
