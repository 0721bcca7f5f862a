package org.laudable.labeling;

/** Why a person passed an item on or flagged it. */
public enum AnswerReason {
    /** The guidelines do not say which class it is. */
    UNCLEAR_GUIDELINE,
    /** A foreign language, or not readable. */
    CANNOT_READ,
    /** Somebody who knows the subject has to decide. */
    NEEDS_EXPERT,
    /** Cut off, garbled, empty, or not what the project is about. */
    BAD_DATA,
    /** What, the comment says. */
    OTHER;

    /** Whether nobody else in the team is asked: a reviewer decides. */
    boolean needsReviewer() {
        return this == NEEDS_EXPERT || this == BAD_DATA;
    }
}
