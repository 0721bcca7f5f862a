package org.laudable.laud;

/**
 * An item a run asks a language model about.
 *
 * @param saidClassId what the task model said when the item was chosen; null if nothing
 * @param classId     the language model's answer; null while there is none
 * @param confidence  null if it gave none
 */
record ModelAnswer(long id, long itemId, String text, int position, int attempts, Long saidClassId, Long classId, Float confidence,
        String reason) {

    /** What becomes of an answer. */
    enum Decision {
        /** It is the item's label. */
        TAKEN,
        /** The model is not sure enough: a person verifies. */
        UNSURE,
        /** The task model says something else: a person verifies. */
        DISAGREES,
        /** The model did not say how sure it is: a person verifies. */
        NO_CONFIDENCE,
        /** There is none, and asking again will not bring one: a person answers. */
        ABSENT
    }
}
