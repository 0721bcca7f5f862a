package org.laudable.series;

/** CDI event after the commit: series of an import are in. */
public record SeriesAdded(long projectId, long importId) {}
