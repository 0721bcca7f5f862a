package org.laudable.snapshot;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Rows of a snapshot in the order of their keys, a chunk in memory at a time. */
final class Rows implements Iterator<SnapshotRow> {
    private final SnapshotRepository snapshots;
    private final long snapshotId;
    private List<SnapshotRow> chunk = List.of();
    private int next;
    private long after;

    /** @param after the key after which they begin; 0: all */
    Rows(SnapshotRepository snapshots, long snapshotId, long after) {
        this.snapshots = snapshots;
        this.snapshotId = snapshotId;
        this.after = after;
    }

    @Override
    public boolean hasNext() {
        while (next >= chunk.size()) {
            long from = after;
            var found = snapshots.chunkAfter(snapshotId, from);
            if (found.isEmpty()) {
                return false;
            }
            after = found.get().lastKey();
            chunk = found.get().rows();
            next = 0;
            while (next < chunk.size() && chunk.get(next).key() <= from) {
                next++;
            }
        }
        return true;
    }

    @Override
    public SnapshotRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return chunk.get(next++);
    }
}
