package org.laudable.llm;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A version tried on some items.
 *
 * @param known       answered items whose label people have given
 * @param correct     right ones among them
 * @param costMicros  in the project's currency; answers known from before cost nothing
 * @param perThousand what 1,000 items cost with this version and model, from all paid calls; empty: none were paid
 * @param currency    the project's
 * @param error       why it failed; null otherwise
 */
public record PromptTrial(long id, long promptVersionId, String model, Scope scope, State state, int items, int answered, int known,
        int correct, long costMicros, OptionalLong perThousand, String currency, String error, Instant createdAt) {

    /** On what. */
    public enum Scope {
        /** Twenty items of the pool, labeled ones first. */
        TWENTY,
        /** The labeled items of the audit half that chooses; the half that reports is never looked at here. */
        AUDIT
    }

    /** How far it is. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }
}
