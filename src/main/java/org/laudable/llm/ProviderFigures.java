package org.laudable.llm;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a provider does.
 *
 * @param settledMicros paid this calendar month (UTC), in its currency
 * @param reservedMicros held for calls in flight
 * @param calls of the last 24 hours that left the house
 * @param p95Millis of their answers
 * @param errorRate share of those calls without an answer
 * @param heldBack whether this process leaves it alone just now
 */
public record ProviderFigures(long settledMicros, long reservedMicros, long calls, OptionalInt p95Millis, OptionalDouble errorRate,
        boolean heldBack) {}
