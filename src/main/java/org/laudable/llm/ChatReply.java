package org.laudable.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What became of a question. */
public sealed interface ChatReply {

    /**
     * A valid answer.
     *
     * @param json checked against the schema; elements of arrays that broke it are left out
     * @param text the JSON as the model wrote it
     * @param tokens its tokens with their log-probabilities; empty if there are none
     * @param dropped the elements left out
     * @param costMicros what this answer cost, all tries together, in the provider's currency; 0 from the cache
     */
    record Answer(JsonNode json, String text, List<TokenChance> tokens, List<JsonNode> dropped, boolean fromCache,
            long costMicros, int latencyMillis) implements ChatReply {}

    /** No answer, and one sentence why. */
    record Absent(Absence reason, String sentence) implements ChatReply {}

    /**
     * A token of the answer.
     *
     * @param alternatives the likeliest tokens at its place, itself among them as a rule
     */
    record TokenChance(String token, double logprob, List<Alternative> alternatives) {}

    record Alternative(String token, double logprob) {}
}
