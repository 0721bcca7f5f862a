package org.laudable.budget;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry of the ledger as people read it.
 *
 * @param kind RESERVE, SETTLE, RELEASE or REVERSE
 * @param who  the person's name, or the provider and model
 */
public record LedgerLine(long id, Instant at, String kind, Source source, Optional<String> who, Optional<Long> taskId,
        Optional<Long> reservationId, long micros, Optional<String> note) {}
