package org.laudable.project;

/**
 * Which items several people answer, and how many at most.
 *
 * @param percent        of the items get the project's overlap, the others one answer; the audit sample always gets it
 * @param mostAnnotators while the answers to an item do not agree, one more person is asked up to so many; at most the
 *                       overlap: never more
 */
public record OverlapSettings(int percent, int mostAnnotators) {
    public static final OverlapSettings DEFAULTS = new OverlapSettings(100, 1);
}
