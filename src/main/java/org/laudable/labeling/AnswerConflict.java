package org.laudable.labeling;

/** Another answer was already sent under the same client id. */
public final class AnswerConflict extends RuntimeException {
    AnswerConflict() {
        super("Another answer was already sent under this id. Use a new id for a new answer.");
    }
}
