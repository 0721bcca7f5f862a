package org.laudable.labeling;

import java.util.List;

/**
 * A piece of a series.
 *
 * @param from index of its first point
 * @param to index of the point after its last
 * @param channels ordinals of the channels it is about, ascending; null: all
 */
public record Interval(int from, int to, List<Integer> channels) {
    public Interval {
        channels = channels == null || channels.isEmpty() ? null : channels.stream().distinct().sorted().toList();
    }

    /** For the column of channels. */
    Integer[] channelArray() {
        return channels == null ? null : channels.toArray(Integer[]::new);
    }
}
