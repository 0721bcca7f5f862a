/**
 * Single sign-on with a provider of OpenID Connect, as Keycloak: off until an issuer is configured. Quarkus walks through
 * the code flow ({@link org.laudable.security.SsoDoor}); {@link org.laudable.security.sso.SsoResource} turns what comes out
 * of it into a session of our own; {@link org.laudable.security.sso.SessionCheck} asks the provider again and again whether
 * the session still holds and what the person may do; {@link org.laudable.security.sso.ClaimRules} says what follows from
 * the provider's roles and groups. See decision 052.
 */
package org.laudable.security.sso;
