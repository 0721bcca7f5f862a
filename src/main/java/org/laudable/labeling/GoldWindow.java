package org.laudable.labeling;

/**
 * A window of a series that people or a reviewer have judged.
 *
 * @param classId what they said
 * @param from    index of the first point it is about
 * @param to      index of the point after the last
 * @param reviewed whether a reviewer said so
 * @param gold    whether annotators are measured by it
 */
public record GoldWindow(long itemId, long seriesId, long classId, int from, int to, boolean reviewed, boolean gold) {}
