package org.laudable.security;

/** How coming in by single sign-on ended, as far as the account goes. */
public sealed interface SsoEntry {
    record In(long accountId, int epoch) implements SsoEntry {}

    record Stopped(Reason reason) implements SsoEntry {}

    enum Reason {
        /** The account is disabled here. */
        DISABLED,
        /** The user name belongs to another account; an administrator may join the two. */
        TAKEN,
        /** There is no account at all yet: the first is a local administrator. */
        FIRST
    }
}
