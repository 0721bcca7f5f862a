package org.laudable.dataset;

/**
 * CDI event, fired after the commit: an import put items into a project. Comes once early in a large import, so that
 * work can begin, and once at its end; it can come twice, and with nothing new.
 */
public record ItemsAdded(long projectId, long importId) {}
