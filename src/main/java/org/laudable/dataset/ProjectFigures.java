package org.laudable.dataset;

/**
 * How far a project is.
 *
 * @param rows    rows of files that went in
 * @param items   unique texts
 * @param labeled items with a label
 * @param none    items that fit no class
 * @param byPeople of the labeled: by people or reviewers
 */
public record ProjectFigures(long rows, long items, long labeled, long none, long byPeople) {
    public static final ProjectFigures EMPTY = new ProjectFigures(0, 0, 0, 0, 0);
}
