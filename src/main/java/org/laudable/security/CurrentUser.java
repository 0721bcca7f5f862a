package org.laudable.security;

import io.quarkus.arc.Arc;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;

/**
 * The person behind the current request, in views, services and REST alike; where news is pushed to an open page, the
 * person whose page it is, as long as their session holds.
 */
@ApplicationScoped
public class CurrentUser {
    /** Under this attribute the identity carries its {@link User}. */
    static final String ATTRIBUTE = "laudable.user";
    /** Under this attribute an identity that came with a token carries its {@link TokenGrant}. */
    static final String TOKEN = "laudable.token";
    /** The role of an administrator, in the identity and in {@code @RolesAllowed}. */
    public static final String ADMIN = "ADMIN";

    private final SecurityIdentity identity;
    private final Sessions sessions;
    private final Instance<PageSession> page;

    CurrentUser(SecurityIdentity identity, Sessions sessions, Instance<PageSession> page) {
        this.identity = identity;
        this.sessions = sessions;
        this.page = page;
    }

    public Optional<User> find() {
        if (Arc.container().requestContext().isActive()) {
            return identity.isAnonymous() ? Optional.empty() : Optional.ofNullable(identity.getAttribute(ATTRIBUTE));
        }
        return page.isUnsatisfied() ? Optional.empty()
                : page.get().principalName().flatMap(SessionPrincipal::parse).flatMap(sessions::user);
    }

    /** What the request's personal access token allows; empty where a person is at work themselves. */
    public Optional<TokenGrant> token() {
        return Arc.container().requestContext().isActive() && !identity.isAnonymous()
                ? Optional.ofNullable(identity.getAttribute(TOKEN)) : Optional.empty();
    }

    /** Whether the person may only look: the provider of single sign-on has not answered for too long. */
    public boolean isReadOnly() {
        return Arc.container().requestContext().isActive() && !identity.isAnonymous()
                && Boolean.TRUE.equals(identity.getAttribute(ReadOnlyGate.ATTRIBUTE));
    }

    /** @throws UnauthorizedException if nobody is signed in */
    public User require() {
        return find().orElseThrow(UnauthorizedException::new);
    }

    /** @throws ForbiddenException if the person is no administrator */
    public User requireAdmin() {
        User user = require();
        if (!user.admin()) {
            throw new ForbiddenException("Only an administrator may do this.");
        }
        return user;
    }
}
