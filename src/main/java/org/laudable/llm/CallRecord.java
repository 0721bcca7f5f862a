package org.laudable.llm;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A call as the calls page shows it.
 *
 * @param attempt which try of its request, from 1
 * @param outcome ANSWERED, PARTIAL, CACHED, IN_FLIGHT, UNKNOWN, or the name of an {@link Absence}
 * @param detail one sentence; empty if there is nothing to say
 * @param costMicros in {@code currency}; empty while in flight
 * @param overReservation billed above the most it could be
 * @param unmetered the cost is not known: the reservation counts
 */
public record CallRecord(long id, Instant at, int attempt, String provider, String model, Optional<String> project, String purpose,
        int items, String outcome, String detail, OptionalInt inputTokens, OptionalInt cachedTokens, OptionalInt outputTokens,
        OptionalLong costMicros, String currency, OptionalInt latencyMillis, boolean overReservation, boolean unmetered) {}
