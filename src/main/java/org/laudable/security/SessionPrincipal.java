package org.laudable.security;

import java.security.Principal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One sign-in of one person; its name is what the encrypted session cookie carries.
 *
 * @param epoch the account's session epoch at sign-in: when it has been raised since, the session is over
 * @param signedInAt seconds since 1970; a session ends {@link #LONGEST} later, however busy
 * @param nonce tells apart the sign-ins of one person
 */
record SessionPrincipal(long accountId, int epoch, long signedInAt, String nonce) implements Principal {
    static final Duration LONGEST = Duration.ofHours(24);
    private static final String SSO = "sso-";
    private static final SecureRandom RANDOM = new SecureRandom();

    static SessionPrincipal start(long accountId, int epoch, Instant now) {
        byte[] nonce = new byte[12];
        RANDOM.nextBytes(nonce);
        return new SessionPrincipal(accountId, epoch, now.getEpochSecond(), HexFormat.of().formatHex(nonce));
    }

    /** One that lives as long as the provider of single sign-on renews it. */
    static SessionPrincipal startBySso(long accountId, int epoch, Instant now) {
        SessionPrincipal session = start(accountId, epoch, now);
        return new SessionPrincipal(accountId, epoch, session.signedInAt, SSO + session.nonce);
    }

    boolean isSso() {
        return nonce.startsWith(SSO);
    }

    /** Reads a name written by {@link #getName()}. */
    static Optional<SessionPrincipal> parse(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SessionPrincipal(Long.parseLong(parts[0]), Integer.parseInt(parts[1]),
                    Long.parseLong(parts[2]), parts[3]));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String getName() {
        return accountId + "." + epoch + "." + signedInAt + "." + nonce;
    }

    boolean isOver(Instant now) {
        return now.isAfter(Instant.ofEpochSecond(signedInAt).plus(LONGEST));
    }
}
