package org.laudable.security.sso;

/** What the provider answers when asked to renew a session's token. */
sealed interface Renewal {
    record Renewed(Tokens tokens, ProviderClaims claims) implements Renewal {}

    /** It says no: the session is over, or its person may no longer come in. */
    record Over(String reason) implements Renewal {}

    /** It says nothing that could be understood. */
    record Unreachable(String reason) implements Renewal {}
}
