package org.laudable.security;

/**
 * Someone an account is made for.
 *
 * @param username small letters, digits, dot, dash, underscore; 2 to 64
 * @param email may be null
 */
public record NewPerson(String username, String displayName, String email, boolean admin) {}
