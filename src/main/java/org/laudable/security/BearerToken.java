package org.laudable.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * The header {@code Authorization: Bearer lau_…} of a request to REST. Such a request has no session, whatever cookie it
 * brings; with a token that does not hold it comes from nobody.
 */
final class BearerToken {
    private static final String SCHEME = "bearer";

    private BearerToken() {}

    static boolean isOn(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && (header.length() == SCHEME.length() || header.charAt(SCHEME.length()) == ' ');
    }

    static Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        String path = context.normalizedPath();
        Optional<TokenSecret> secret = path.startsWith("/api/") || path.equals("/q/openapi")
                ? TokenSecret.parse(context.request().getHeader(HttpHeaders.AUTHORIZATION).substring(SCHEME.length()).strip())
                : Optional.empty();
        if (secret.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        return identities.authenticate(new TokenIdentityProvider.Request(secret.get(), AuditLog.address(context)))
                .onFailure(AuthenticationFailedException.class).recoverWithUni(() -> Uni.createFrom().nullItem());
    }
}
