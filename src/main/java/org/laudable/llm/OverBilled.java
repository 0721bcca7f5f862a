package org.laudable.llm;

import java.util.Optional;

/**
 * A provider billed more than the most a call could cost by its price list: booked, flagged on the calls page, and a
 * reason to stop what it was for. Fired inside the settlement's transaction: observe it after success.
 *
 * @param costMicros what it billed, in the provider's currency
 */
public record OverBilled(long callId, long providerId, Optional<Long> runId, long costMicros, long reservedMicros) {}
