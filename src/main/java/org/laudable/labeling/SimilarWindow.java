package org.laudable.labeling;

/**
 * A window that looks like another one.
 *
 * @param point the window ends in it
 * @param from where its odd part seems to begin
 * @param to the point after its end
 * @param distance 0: the same
 */
public record SimilarWindow(long seriesId, int point, int from, int to, double distance) {}
