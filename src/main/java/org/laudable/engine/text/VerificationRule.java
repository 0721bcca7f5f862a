package org.laudable.engine.text;

import org.jspecify.annotations.Nullable;

/**
 * The hybrid oracle's rule (ENGINES §1.4): a person verifies a language model's answer when its confidence is under a
 * bound, when it disagrees with the task model, and for a random share that measures the language model's own error.
 *
 * @param below bound on the confidence, in [0, 1]
 * @param share drawn at random, in [0, 1]; by item and seed, so the same again after a restart
 */
public record VerificationRule(double below, double share, long seed) {

    /** What becomes of an answer. */
    public enum Judgement {
        TAKEN,
        UNSURE,
        DISAGREES,
        NO_CONFIDENCE
    }

    /**
     * Whether an answer is taken as it is, or why not.
     *
     * @param confidence null if the model gave none
     * @param agrees     whether the task model says the same class
     */
    public Judgement judge(@Nullable Float confidence, boolean agrees) {
        if (confidence == null) {
            return Judgement.NO_CONFIDENCE;
        }
        if (confidence < below) {
            return Judgement.UNSURE;
        }
        return agrees ? Judgement.TAKEN : Judgement.DISAGREES;
    }

    /** Whether the item belongs to the random share, whatever its answer. */
    public boolean drawn(long item) {
        long mixed = (item ^ seed * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return (mixed >>> 11) * 0x1.0p-53 < share;
    }
}
