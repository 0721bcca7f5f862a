package org.laudable.llm;

import java.util.List;

/**
 * What asking a model about items will take, before it is asked.
 *
 * @param likelyMicros what it will about cost, in the project's currency
 * @param mostMicros   the most it can cost: what is reserved, call by call
 * @param measured     whether tokens are counted from this model's earlier calls here, not guessed from the texts' length
 * @param caps         what it falls under, and what is left there
 */
public record Estimate(int items, int calls, long inputTokens, long outputTokens, long likelyMicros, long mostMicros, String currency,
        boolean measured, List<Cap> caps) {

    /** Whose cap. */
    public enum Kind {
        PROJECT,
        RUN,
        PROVIDER_MONTH
    }

    /** @param leftMicros in {@code currency}: a provider's own for its month */
    public record Cap(Kind kind, long leftMicros, String currency) {}
}
