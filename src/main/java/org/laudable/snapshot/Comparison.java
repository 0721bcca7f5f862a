package org.laudable.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * What differs between two versions of a project's labels.
 *
 * @param same       rows with the same label in both
 * @param otherWords of these: those that somebody else says now, or more or less surely
 * @param moves      rows whose label differs, by what it was and is; the most frequent first
 * @param added      rows that only the later version has
 * @param gone       rows that only the earlier version has
 * @param renamed    classes with another name
 */
public record Comparison(long same, long otherWords, List<Move> moves, long added, long gone, List<Renamed> renamed) {

    /** @return how many rows have another label */
    public long changed() {
        return moves.stream().mapToLong(Move::rows).sum();
    }

    /**
     * From one label to another.
     *
     * @param from a class id, {@link #NONE} or {@link #UNLABELED}
     */
    public record Move(long from, long to, String fromName, String toName, long rows) {}

    /** A class that has another name in the later version. */
    public record Renamed(long classId, String before, String after) {}

    /**
     * A row that differs.
     *
     * @param id   the row's id in its file, or the series' name
     * @param text its beginning, or the stretch's times
     * @param from what it was; empty: it was not there
     */
    public record Item(long key, long itemId, String id, String text, Optional<Said> from, Optional<Said> to) {}

    /** A label and who says so; without a name: none yet. */
    public record Said(long outcome, Optional<String> label, Optional<String> origin, Optional<Float> confidence) {}

    public static final long NONE = SnapshotRow.NONE;
    public static final long UNLABELED = SnapshotRow.UNLABELED;
}
