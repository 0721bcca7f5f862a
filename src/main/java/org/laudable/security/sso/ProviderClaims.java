package org.laudable.security.sso;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jose4j.jwt.JwtClaims;
import org.laudable.security.ProviderPerson;

/**
 * What the provider says about somebody.
 *
 * @param sid    the session's name at the provider; empty if it gives none
 * @param roles  realm roles
 * @param groups with their whole path, as {@code /reviewers}
 */
record ProviderClaims(ProviderPerson person, Optional<String> sid, Set<String> roles, Set<String> groups) {

    /** @param access empty if the provider's access tokens are not readable */
    static ProviderClaims of(JwtClaims id, Optional<JwtClaims> access) {
        String subject = text(id, "sub").orElseThrow();
        String username = text(id, "preferred_username").or(() -> text(id, "email")).orElse(subject);
        ProviderPerson person = new ProviderPerson(text(id, "iss").orElseThrow(), subject, username,
                text(id, "name").orElse(username), text(id, "email").orElse(null));
        Set<String> roles = new TreeSet<>(realmRoles(id));
        Set<String> groups = new TreeSet<>(texts(id.getClaimValue("groups")));
        access.ifPresent(claims -> {
            roles.addAll(realmRoles(claims));
            groups.addAll(texts(claims.getClaimValue("groups")));
        });
        return new ProviderClaims(person, text(id, "sid"), roles, groups);
    }

    private static List<String> realmRoles(JwtClaims claims) {
        return claims.getClaimValue("realm_access") instanceof Map<?, ?> realm ? texts(realm.get("roles")) : List.of();
    }

    private static Optional<String> text(JwtClaims claims, String name) {
        return claims.getClaimValue(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    private static List<String> texts(Object claim) {
        return claim instanceof Collection<?> many
                ? many.stream().filter(String.class::isInstance).map(String.class::cast).toList() : List.of();
    }
}
