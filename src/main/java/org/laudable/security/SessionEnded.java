package org.laudable.security;

/** Fired within the transaction that ends one session by single sign-on; the person's others go on. */
public record SessionEnded(String nonce) {}
