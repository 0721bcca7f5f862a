package org.laudable.series;

/**
 * An anomaly that a file's labels name, as point indexes.
 *
 * @param to the point after the last
 */
public record KnownInterval(int from, int to) {}
