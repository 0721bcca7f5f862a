package org.laudable.labeling;

/** What a deck has to tell its person, most often that there is work. */
public enum DeckState {
    READY,
    /** Nothing for this person now: others hold the rest, or it was skipped. */
    EMPTY,
    /** The first questions are being chosen. */
    PREPARING,
    /** The model learns from the last batch. */
    TRAINING,
    /** The run labels the rest by itself. */
    FINISHING,
    CAP_REACHED,
    /** This person was paused in the project. */
    ON_HOLD,
    /** This person's answers for today are given. */
    DAY_DONE,
    PAUSED,
    NOT_STARTED,
    FINISHED,
    STOPPED,
    FAILED,
    /** The project is a draft or archived. */
    CLOSED
}
