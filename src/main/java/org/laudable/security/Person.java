package org.laudable.security;

import java.time.Instant;

/**
 * An account as the administrator sees it.
 *
 * @param email may be null
 * @param joined whether the person can sign in: has used an invitation, or comes by single sign-on
 * @param sso whether the person signs in at the provider of single sign-on
 */
public record Person(long id, int version, String username, String displayName, String email, boolean admin,
        boolean enabled, boolean joined, boolean sso, Instant createdAt) {}
