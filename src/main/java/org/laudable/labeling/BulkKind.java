package org.laudable.labeling;

/** What is done to many items at once. */
public enum BulkKind {
    /** Every item gets one class, as a reviewer's label. */
    LABEL,
    /** Labels are taken away; what was said stays as history. */
    CLEAR,
    /** People are asked, before what the loop asks. */
    QUEUE,
    /** Their labels by people, or from their file, become known answers that annotators are measured by. */
    GOLD,
    /** They are gold no longer. */
    NOT_GOLD,
    /** Labels of models are accepted as they are, because a sample of them was right. */
    ACCEPT;

    /** Whether it is done to items chosen on the Items page; accepting begins with a sample, under Review. */
    public boolean byFilter() {
        return this != ACCEPT;
    }
}
