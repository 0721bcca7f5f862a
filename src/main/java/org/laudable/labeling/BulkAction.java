package org.laudable.labeling;

import java.time.Instant;
import org.laudable.dataset.ItemFilter;

/**
 * Something done to all items of a filter.
 *
 * @param classId with {@link BulkKind#LABEL}, otherwise null
 * @param reservedFor key of a {@link Reservation}, with {@link BulkKind#QUEUE}; null: for anybody
 * @param found how many items the filter held at the start
 * @param lastItem done up to this item, in the order of ids
 * @param newestItem later items are not touched
 * @param skipped items left as they are: of the audit sample, labeled so already, in the queue already
 * @param undone how many of the changed ones were given back
 * @param acceptance with {@link BulkKind#ACCEPT}, otherwise null
 */
public record BulkAction(long id, long projectId, BulkKind kind, Long classId, String reservedFor, ItemFilter filter, State state,
        long found, long lastItem, long newestItem, long changed, long skipped, long undone, Long createdBy, Instant createdAt,
        Acceptance acceptance) {

    /**
     * What {@link BulkKind#ACCEPT} accepts.
     *
     * @param sampleId         of which a reviewer judged a sample
     * @param newestResolution later labels are left as they are
     */
    public record Acceptance(long sampleId, ModelLabels.Which which, long newestResolution) {}

    /** How far it is. */
    public enum State {
        RUNNING,
        DONE,
        UNDOING,
        UNDONE
    }
}
