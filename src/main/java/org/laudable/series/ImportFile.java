package org.laudable.series;

/**
 * A file of an import of series.
 *
 * @param name     as the person's computer called it
 * @param storedAs its name among the uploads
 */
public record ImportFile(int id, String name, String storedAs, long bytes) {}
