package org.laudable.snapshot;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.laudable.dataset.Origin;

/**
 * What a snapshot says of one row.
 *
 * @param key        of texts the row of an imported file, of series the window's item; rows are in its order
 * @param label      null: none yet
 * @param knownClass from the file's label column; 0: none
 * @param window     null: a text
 */
record SnapshotRow(long key, long itemId, @Nullable Label label, long knownClass, @Nullable Window window) {

    /**
     * What is said and by whom.
     *
     * @param classId      0: none of the classes
     * @param activeMillis people's time on it; −1: nobody's
     * @param modelVersion −1: no model's
     */
    record Label(long classId, Origin origin, @Nullable Float confidence, List<Long> annotators, Instant at, int modelVersion,
            long activeMillis) {}

    /**
     * A stretch of a series.
     *
     * @param to         the point after the last
     * @param fromMillis the first point's time; {@code toMillis} the last one's
     * @param channels   empty: all
     */
    record Window(long seriesId, int from, int to, long fromMillis, long toMillis, List<Integer> channels) {}

    /** Which class it has, for comparing: {@link #UNLABELED} or {@link #NONE} if it has none. */
    long outcome() {
        return label == null ? UNLABELED : label.classId == 0 ? NONE : label.classId;
    }

    static final long UNLABELED = -1;
    static final long NONE = 0;
}
