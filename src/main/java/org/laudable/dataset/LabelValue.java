package org.laudable.dataset;

/** A value of a file's label column and how many rows have it. */
public record LabelValue(String value, long rows) {}
