package org.laudable.llm;

/**
 * What an administrator sets about a model.
 *
 * @param name as the provider calls it
 * @param contextTokens input and output together
 * @param maxOutputTokens the most one answer may have; also what a call reserves money for
 */
public record ModelSettings(String name, Prices prices, int contextTokens, int maxOutputTokens, Abilities abilities) {

    /**
     * @param jsonSchema answers can be bound to a JSON schema
     * @param logprobs gives log-probabilities of its tokens
     * @param temperatureZero accepts a temperature (some reasoning models refuse any)
     */
    public record Abilities(boolean jsonSchema, boolean logprobs, boolean fineTuning, boolean temperatureZero) {}
}
