package org.laudable.project;

/**
 * A class that items can be labeled with.
 *
 * @param ordinal its place in lists and on the keyboard, from 0
 * @param retired its labels stay, but nobody can choose it again
 * @param meaning what it means to the detector; null in a TEXT project
 */
public record LabelClass(long id, int ordinal, String name, String description, boolean retired, Meaning meaning) {}
