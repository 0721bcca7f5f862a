package org.laudable.security;

/**
 * A signed-in person.
 *
 * @param id the account's id
 */
public record User(long id, String username, String displayName, boolean admin) {}
