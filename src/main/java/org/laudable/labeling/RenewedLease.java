package org.laudable.labeling;

import java.time.Instant;

/** A lease that goes on. */
public record RenewedLease(long taskId, Instant leaseUntil) {}
