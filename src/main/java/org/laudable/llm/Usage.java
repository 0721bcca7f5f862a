package org.laudable.llm;

/**
 * Tokens of a call as the provider counted them.
 *
 * @param inputTokens all input, cached or not
 * @param cachedTokens the part of the input that the provider had cached
 */
public record Usage(int inputTokens, int cachedTokens, int outputTokens) {

    public Usage {
        inputTokens = Math.max(0, inputTokens);
        cachedTokens = Math.clamp(cachedTokens, 0, inputTokens);
        outputTokens = Math.max(0, outputTokens);
    }

    public int total() {
        return inputTokens + outputTokens;
    }
}
