package org.laudable.security.sso;

/** What a rule looks at. */
public enum ClaimKind {
    /** A realm role. */
    ROLE,
    /** A group with its whole path, as {@code /reviewers}; whoever is in a group below it is in it too. */
    GROUP
}
