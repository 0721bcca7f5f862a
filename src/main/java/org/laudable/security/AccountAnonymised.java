package org.laudable.security;

/**
 * CDI event, fired inside the transaction that takes a person's name away: whoever wrote the name down elsewhere replaces
 * it now.
 *
 * @param name what stands in its place
 */
public record AccountAnonymised(long accountId, String name) {}
