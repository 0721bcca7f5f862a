package org.laudable.series;

/** CDI event within the transaction: points came after the end of a series; what was learned of it is out of date. */
public record SeriesGrown(long projectId, long seriesId) {}
