package org.laudable.security;

/**
 * Somebody as the provider of single sign-on knows them. Issuer and subject are who they are; the rest may change.
 *
 * @param name  what to call them
 * @param email may be null
 */
public record ProviderPerson(String issuer, String subject, String username, String name, String email) {}
