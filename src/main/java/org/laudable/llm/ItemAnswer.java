package org.laudable.llm;

import java.util.Map;
import java.util.OptionalDouble;

/** What a model says about one text: a class, or nothing and why. */
public sealed interface ItemAnswer {
    long itemId();

    /** Where a confidence comes from. They are not comparable: pages name it beside the figure. */
    enum ConfidenceSource {
        /** From the log-probabilities of the answer's tokens. */
        LOGPROBS,
        /** What the model says of itself. */
        SELF_REPORTED,
        /** The model gave neither. */
        NONE
    }

    /**
     * @param confidence in [0, 1]; empty if the model gave none
     * @param probabilities by class id, summing to 1; empty unless from log-probabilities
     */
    record Labeled(long itemId, long classId, OptionalDouble confidence, ConfidenceSource source,
            Map<Long, Double> probabilities) implements ItemAnswer {}

    record Missing(long itemId, Absence reason, String sentence) implements ItemAnswer {}
}
