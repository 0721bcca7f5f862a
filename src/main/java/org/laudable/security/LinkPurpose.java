package org.laudable.security;

/** What a one-time link is for. */
public enum LinkPurpose {
    /** A new person sets their first password. */
    INVITE,
    /** Someone who forgot theirs sets a new one. */
    RESET
}
