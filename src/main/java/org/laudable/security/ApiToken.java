package org.laudable.security;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A personal access token as it is shown; the token itself is not kept.
 *
 * @param start         its first characters, to recognise it by
 * @param projects      empty: all projects of the person
 * @param outdated      whether the person's password or rights changed since: it is refused
 * @param revokedAt     null while it was not revoked
 * @param lastUsedAt    to the minute; null if never
 * @param lastUsedFrom  the caller's address; null if never
 */
public record ApiToken(long id, long accountId, String owner, String name, String start, Set<TokenAction> actions,
        Optional<Set<Long>> projects, boolean outdated, Instant createdAt, Instant expiresAt, Instant revokedAt,
        Instant lastUsedAt, String lastUsedFrom) {

    public boolean usable(Instant now) {
        return revokedAt == null && !outdated && now.isBefore(expiresAt);
    }
}
