package org.laudable.security;

/**
 * Fired within the transaction that changes an account.
 *
 * @param sessionsEnded whether the person's sessions up to now are over
 */
public record AccountChanged(long accountId, boolean sessionsEnded) {}
