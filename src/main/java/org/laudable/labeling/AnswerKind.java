package org.laudable.labeling;

/** What a person said about an item. */
public enum AnswerKind {
    LABEL,
    /** None of the classes, or it cannot be told: counts as an answer, never trains. */
    NONE,
    /** Somebody else shall answer, or a reviewer, as the {@link AnswerReason} says: frees the slot. */
    SKIP,
    /** Something is wrong with the item: it waits for a reviewer. */
    FLAG,
    /** The earlier answer was undone. */
    RETRACTED;

    /** Whether it takes one of the task's slots. */
    boolean takesSlot() {
        return this == LABEL || this == NONE || this == FLAG;
    }

    /** Whether a price per label pays it. */
    boolean isLabel() {
        return this == LABEL || this == NONE;
    }
}
