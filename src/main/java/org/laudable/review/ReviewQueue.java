package org.laudable.review;

/** Why an item comes to a reviewer. */
public enum ReviewQueue {
    /** Sent back to its annotators, who have answered again. */
    RETURNED,
    /** All answers are in, and no class has more than half of them. */
    DISAGREEMENT,
    /** Somebody says that something is wrong with it. */
    FLAGGED,
    /** Everybody who was asked passed it on. */
    SKIPPED,
    /** People found that no class fits. */
    NONE,
    /** A language model's label, the riskiest first: among the least sure those that the task model contradicts. */
    LLM,
    /** A label of a task model or spread from a neighbour, the least sure first. */
    MODEL,
    /** People's labels, drawn at random. */
    RANDOM,
    /** Two people chose two given classes: opened from the agreement page. */
    CONFUSED;

    /** Counts above it are not told exactly: they would be read from the whole table at every answer. */
    public static final int MANY = 1_000;

    /** Whether it has labels that can be accepted in bulk. */
    public boolean bulk() {
        return this == LLM || this == MODEL;
    }
}
