package org.laudable.security;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The person behind the current request, in views, services and REST alike. */
@ApplicationScoped
public class CurrentUser {
    /** Under this attribute the identity carries its {@link User}. */
    static final String ATTRIBUTE = "laudable.user";

    private final SecurityIdentity identity;

    CurrentUser(SecurityIdentity identity) {
        this.identity = identity;
    }

    public Optional<User> find() {
        return identity.isAnonymous() ? Optional.empty() : Optional.ofNullable(identity.getAttribute(ATTRIBUTE));
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
