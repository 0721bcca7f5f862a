package org.laudable.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Turns a personal access token into its person, as far as the token goes: without the action ADMIN an administrator's
 * token is that of an ordinary person.
 */
@ApplicationScoped
class TokenIdentityProvider implements IdentityProvider<TokenIdentityProvider.Request> {
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final TokenRepository tokens;
    private final Sessions sessions;
    private final Clock clock;

    TokenIdentityProvider(TokenRepository tokens, Sessions sessions, Clock clock) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** A request that carries a token, and the address it comes from. */
    static final class Request extends BaseAuthenticationRequest {
        private final TokenSecret secret;
        private final String address;

        Request(TokenSecret secret, String address) {
            this.secret = secret;
            this.address = address;
        }
    }

    @Override
    public Class<Request> getRequestType() {
        return Request.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(Request request, AuthenticationRequestContext context) {
        return context.runBlocking(() -> identity(request).orElseThrow(AuthenticationFailedException::new));
    }

    private Optional<SecurityIdentity> identity(Request request) {
        Instant now = clock.instant();
        Optional<ApiToken> found = tokens.byHash(request.secret.hash()).filter(token -> token.usable(now));
        Optional<User> owner = found.flatMap(token -> sessions.known(token.accountId()));
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        ApiToken token = found.get();
        if (token.lastUsedAt() == null || !now.isBefore(token.lastUsedAt().plus(NOTED_EVERY))) {
            tokens.used(token.id(), now, request.address);
        }
        User person = owner.get();
        boolean admin = person.admin() && token.actions().contains(TokenAction.ADMIN);
        QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("token:" + token.id()))
                .addRole("USER")
                .addAttribute(CurrentUser.ATTRIBUTE, new User(person.id(), person.username(), person.displayName(), admin))
                .addAttribute(CurrentUser.TOKEN, new TokenGrant(token.id(), token.actions(), token.projects()));
        if (admin) {
            identity.addRole(CurrentUser.ADMIN);
        }
        return Optional.of(identity.build());
    }
}
