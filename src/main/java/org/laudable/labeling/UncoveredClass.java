package org.laudable.labeling;

/**
 * A class that nobody at work is asked about.
 *
 * @param questions open ones that suggest it and wait for somebody
 */
public record UncoveredClass(long classId, String name, long questions) {}
