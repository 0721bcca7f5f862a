package org.laudable.labeling;

/** What is done to many items at once. */
public enum BulkKind {
    /** Every item gets one class, as a reviewer's label. */
    LABEL,
    /** Labels are taken away; what was said stays as history. */
    CLEAR,
    /** People are asked, before what the loop asks. */
    QUEUE
}
