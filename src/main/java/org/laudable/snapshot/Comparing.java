package org.laudable.snapshot;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Walks two versions side by side, both in the order of their keys; the later one is pushed in row by row. */
final class Comparing {
    private final Iterator<SnapshotRow> before;
    private final BiPredicate<@Nullable SnapshotRow, @Nullable SnapshotRow> sink;
    private @Nullable SnapshotRow head;
    private boolean on = true;

    /** @param sink takes a row of both versions, null where one has none, and answers whether to go on */
    Comparing(Iterator<SnapshotRow> before, BiPredicate<@Nullable SnapshotRow, @Nullable SnapshotRow> sink) {
        this.before = before;
        this.sink = sink;
        this.head = next();
    }

    /** The later version's next row. @return whether to go on */
    boolean after(SnapshotRow row) {
        while (on && head != null && head.key() < row.key()) {
            on = sink.test(head, null);
            head = next();
        }
        if (on) {
            boolean both = head != null && head.key() == row.key();
            on = sink.test(both ? head : null, row);
            head = both ? next() : head;
        }
        return on;
    }

    /** The later version has no more rows. */
    void end() {
        while (on && head != null) {
            on = sink.test(head, null);
            head = next();
        }
    }

    /** A label of before and one of after. */
    record Pair(long from, long to) {}

    /** What differs, counted. */
    static final class Counts implements BiPredicate<@Nullable SnapshotRow, @Nullable SnapshotRow> {
        final Map<Pair, Long> moves = new HashMap<>();
        long same;
        long otherWords;
        long added;
        long gone;

        @Override
        public boolean test(@Nullable SnapshotRow left, @Nullable SnapshotRow right) {
            if (left == null) {
                added++;
            } else if (right == null) {
                gone++;
            } else if (!sameLabel(left, right)) {
                moves.merge(new Pair(left.outcome(), right.outcome()), 1L, Long::sum);
            } else {
                same++;
                otherWords += Objects.equals(left.label(), right.label()) ? 0 : 1;
            }
            return true;
        }
    }

    /** Of windows also the stretch counts: another one is another label. */
    static boolean sameLabel(SnapshotRow left, SnapshotRow right) {
        return left.outcome() == right.outcome() && stretch(left).equals(stretch(right));
    }

    private static List<Object> stretch(SnapshotRow row) {
        return row.window() == null ? List.of() : List.of(row.window().from(), row.window().to(), row.window().channels());
    }

    private @Nullable SnapshotRow next() {
        return before.hasNext() ? before.next() : null;
    }
}
