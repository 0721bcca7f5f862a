package org.laudable.security;

import java.time.Instant;

/**
 * An account as the administrator sees it.
 *
 * @param email may be null
 * @param joined whether the person has set a password: their invitation was used
 */
public record Person(long id, int version, String username, String displayName, String email, boolean admin,
        boolean enabled, boolean joined, Instant createdAt) {}
