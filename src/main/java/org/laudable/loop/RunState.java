package org.laudable.loop;

/** Where a run stands. Waiting for people is a state, not a thread. */
public enum RunState {
    /** The audit sample is drawn; texts are being embedded until the zero-shot model can begin. */
    PREPARING,
    /** People answer the current round's questions. */
    LABELING,
    /** A batch is complete; a model is being trained while people go on. */
    TRAINING,
    /** People check a sample of what the model would label by itself. */
    CERTIFYING,
    /** The model labels the rest. */
    FINISHING,
    FINISHED,
    PAUSED,
    /** A person ended it. */
    STOPPED,
    /** A step failed for good; it can be tried again. */
    FAILED;

    /** Whether the run is over: the project may start another one. */
    public boolean ended() {
        return this == FINISHED || this == STOPPED || this == FAILED;
    }

    /** Whether the loop has work or waits for answers; not paused and not over. */
    public boolean active() {
        return !ended() && this != PAUSED;
    }
}
