package org.laudable.labeling;

import java.util.List;

/** Finds windows that look alike over all series of a project. Implemented by the loop that knows the series; checks no access. */
public interface SimilarWindows {
    /**
     * The nearest windows, nearest first, without the one asked about.
     *
     * @return at most {@code count}; empty while nothing was learnt yet
     */
    List<SimilarWindow> similarTo(long projectId, long seriesId, int point, int count);
}
