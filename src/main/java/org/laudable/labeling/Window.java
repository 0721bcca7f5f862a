package org.laudable.labeling;

/**
 * The window of a series a question is about.
 *
 * @param point the window ends in it
 * @param suggestedFrom where the odd part seems to begin
 * @param suggestedTo the point after its end
 */
public record Window(long seriesId, int point, int suggestedFrom, int suggestedTo) {}
