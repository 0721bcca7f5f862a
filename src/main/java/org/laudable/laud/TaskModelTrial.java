package org.laudable.laud;

import java.time.Instant;
import java.util.OptionalLong;
import org.laudable.loop.Figure;

/**
 * A task model on the audit sample of one round, beside the loop's own.
 *
 * @param model       the language model's name; empty for the loop's own
 * @param labels      labels it could learn from
 * @param reported    answers on the half that reports whose label people have given
 * @param accuracy    on that half; null without answers
 * @param perThousand what 1,000 items cost, in the project's currency; empty: nothing was paid
 * @param millisPerItem null if it was not measured
 */
public record TaskModelTrial(long id, int round, Kind kind, String model, String state, int labels, int items, int answered, int reported,
        Figure accuracy, OptionalLong perThousand, Double millisPerItem, String error, Instant createdAt) {

    /** Which task model. */
    public enum Kind {
        /** The loop's own: sentence vectors, graph and regression. */
        EMBEDDED_HEAD,
        /** A language model with the class descriptions only. */
        LLM_ZERO_SHOT,
        /** A language model that is shown the nearest labelled texts. */
        LLM_IN_CONTEXT,
        /** A language model trained by its provider on this project's labels. */
        LLM_FINE_TUNED
    }
}
