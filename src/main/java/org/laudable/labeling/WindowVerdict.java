package org.laudable.labeling;

import java.time.Instant;
import org.laudable.project.Meaning;

/**
 * What people say about a window of a series.
 *
 * @param meaning null: it cannot be told
 * @param from index of the first point it is about
 * @param to index of the point after the last
 * @param channels ordinals, or null: all
 * @param origin PERSON or REVIEWER
 * @param comment the newest comment of those who say so, or null; with EXPECTED it says why
 */
public record WindowVerdict(long itemId, long seriesId, int point, Meaning meaning, int from, int to, int[] channels,
        String origin, Instant at, String comment) {}
