package org.laudable.llm;

import java.math.BigInteger;

/**
 * Prices in micros of the provider's currency per million tokens, and what a call costs by them. Exact in integers; a
 * part of a micro counts as one, so a sum of calls is never below what the provider charges.
 *
 * @param cachedInputMicros for input the provider had cached
 */
public record Prices(long inputMicros, long cachedInputMicros, long outputMicros) {
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    public Prices {
        if (inputMicros < 0 || cachedInputMicros < 0 || outputMicros < 0) {
            throw new IllegalArgumentException("A price is below zero");
        }
    }

    /** Micros for this use. */
    public long cost(Usage usage) {
        BigInteger micros = product(usage.inputTokens() - usage.cachedTokens(), inputMicros)
                .add(product(usage.cachedTokens(), cachedInputMicros))
                .add(product(usage.outputTokens(), outputMicros));
        return micros.add(MILLION).subtract(BigInteger.ONE).divide(MILLION).longValueExact();
    }

    /** The most a call can cost: no input cached (or cached at a higher price), every allowed output token used. */
    public long upperBound(int inputTokens, int outputTokens) {
        long dearerInput = Math.max(inputMicros, cachedInputMicros);
        return new Prices(dearerInput, dearerInput, outputMicros).cost(new Usage(inputTokens, 0, outputTokens));
    }

    private static BigInteger product(long tokens, long micros) {
        return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(micros));
    }
}
