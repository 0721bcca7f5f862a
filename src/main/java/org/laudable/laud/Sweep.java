package org.laudable.laud;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A pass over all texts of a project, as its table has it.
 *
 * @param modelVersion the round whose model speaks; null if none is needed
 * @param classIds     of the model's columns; null until its file is written
 * @param thresholds   the least confidence of a label, by class; empty if nothing is labelled
 * @param cap          at most so many labels; null: no cap
 * @param done         texts passed
 * @param written      new vectors, predictions or labels
 */
record Sweep(long id, long projectId, long runId, Kind kind, State state, Integer modelVersion, List<Long> classIds,
        Map<Long, Float> thresholds, Long cap, long items, long done, long written, String error, Instant createdAt) {

    /** Whether all labels it may give are given. */
    boolean capped() {
        return cap != null && written >= cap;
    }

    /** What is done with each text. */
    enum Kind {
        /** Its sentence vector, in random order, so that the loop begins with a fair sample. */
        EMBED(1_000, true),
        /** The newest model's word on it, if that was not said in training. */
        PREDICT(2_000, false),
        /** The certified model's label, where it is sure enough. */
        LABEL(20_000, false),
        /** All of it, for texts that have no label after the run: a manager orders it. */
        REST(2_000, false);

        private final int chunk;
        private final boolean shuffled;

        Kind(int chunk, boolean shuffled) {
            this.chunk = chunk;
            this.shuffled = shuffled;
        }

        /** Texts in a chunk. */
        int chunk() {
            return chunk;
        }

        boolean shuffled() {
            return shuffled;
        }

        boolean needsModel() {
            return this == PREDICT || this == REST;
        }
    }

    enum State {
        /** Its chunks, and the model's file, are not there yet. */
        PREPARING,
        ACTIVE,
        PAUSED,
        DONE,
        /** Ended by a person, or with its run. */
        STOPPED,
        FAILED;

        boolean ended() {
            return this == DONE || this == STOPPED || this == FAILED;
        }
    }
}
