package org.laudable.dataset;

/**
 * Which items to show; null means no limit.
 *
 * @param search        in the text, or an exact external id; empty: all
 * @param classId       of the current label
 * @param minConfidence of the label, or of the model's word where there is no label
 */
public record ItemFilter(String search, Status status, Long classId, Origin origin, Float minConfidence, Float maxConfidence,
        Order order) {
    public static final ItemFilter ALL = new ItemFilter("", Status.ALL, null, null, null, null, Order.FILE);

    /** Whether an item has a label. */
    public enum Status {
        ALL,
        LABELED,
        /** People said: none of these classes. */
        NONE,
        UNLABELED
    }

    /** In which order. */
    public enum Order {
        FILE,
        LEAST_SURE,
        NEWEST_LABEL
    }
}
