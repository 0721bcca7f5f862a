package org.laudable.series;

/**
 * One measured quantity of a series.
 *
 * @param ordinal  its row in {@code double[channel][t]}
 * @param unit     as people write it: 'ms', '%', …; may be empty
 * @param constant never changes: dropped from training, and said so
 * @param missing  points without a value
 */
public record Channel(int ordinal, String name, String unit, String description, boolean constant, int missing) {}
