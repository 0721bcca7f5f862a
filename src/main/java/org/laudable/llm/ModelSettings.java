package org.laudable.llm;

/**
 * What an administrator sets about a model.
 *
 * @param name as the provider calls it
 * @param contextTokens input and output together
 * @param maxOutputTokens the most one answer may have; also what a call reserves money for
 * @param trainingMicros price of a million trained tokens, in micros of the provider's currency
 */
public record ModelSettings(String name, Prices prices, int contextTokens, int maxOutputTokens, Abilities abilities, long trainingMicros) {

    /** A model whose fine-tuning costs nothing, or that has none. */
    public ModelSettings(String name, Prices prices, int contextTokens, int maxOutputTokens, Abilities abilities) {
        this(name, prices, contextTokens, maxOutputTokens, abilities, 0);
    }

    /**
     * @param jsonSchema answers can be bound to a JSON schema
     * @param logprobs gives log-probabilities of its tokens
     * @param temperatureZero accepts a temperature (some reasoning models refuse any)
     */
    public record Abilities(boolean jsonSchema, boolean logprobs, boolean fineTuning, boolean temperatureZero) {}
}
