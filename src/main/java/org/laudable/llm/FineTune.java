package org.laudable.llm;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model trained by its provider on a project's labels.
 *
 * @param model      what it starts from
 * @param remote     how far the provider says it is; empty before it said anything
 * @param result     the resulting model's name; empty before it is there
 * @param costMicros in the provider's currency; empty before it is known
 * @param error      why it failed, a sentence; empty otherwise
 */
public record FineTune(long id, long projectId, String model, State state, String remote, Optional<String> result, OptionalLong resultModelId,
        int examples, OptionalLong trainedTokens, OptionalLong costMicros, String currency, String error, Instant createdAt) {

    /** How far it is. */
    public enum State {
        UPLOADING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        public boolean ended() {
            return this == SUCCEEDED || this == FAILED || this == CANCELLED;
        }
    }
}
