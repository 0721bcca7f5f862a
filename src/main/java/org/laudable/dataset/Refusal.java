package org.laudable.dataset;

/**
 * A row of a file that did not go in.
 *
 * @param row     the line it starts at in the file, the first being 1
 * @param content the row as read, cut at 2,000 characters
 */
public record Refusal(long row, String reason, String content) {}
