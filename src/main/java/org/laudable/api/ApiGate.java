package org.laudable.api;

import io.quarkus.security.ForbiddenException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;

/**
 * Nobody comes into {@code /api} without being signed in, and nobody writes there but from our own pages with the CSRF
 * token. What a person may do then, the services decide.
 */
final class ApiGate {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final CurrentUser currentUser;
    private final CsrfToken token;

    ApiGate(CurrentUser currentUser, CsrfToken token) {
        this.currentUser = currentUser;
        this.token = token;
    }

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    Optional<Response> check(ContainerRequestContext request, RoutingContext connection) {
        if (!request.getUriInfo().getPath().startsWith("/api/")) {
            return Optional.empty();
        }
        User user = currentUser.require();
        if (READING.contains(request.getMethod())) {
            return Optional.empty();
        }
        if (!sameOrigin(request, connection)) {
            throw new ForbiddenException("Requests from other sites are not taken.");
        }
        return token.matches(user, request.getHeaderString(CsrfToken.HEADER)) ? Optional.empty()
                : Optional.of(Problem.token().response());
    }

    private static boolean sameOrigin(ContainerRequestContext request, RoutingContext connection) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        String origin = request.getHeaderString("Origin");
        if (origin == null) {
            return true;
        }
        try {
            return URI.create(origin).getAuthority() != null
                    && URI.create(origin).getAuthority().equalsIgnoreCase(connection.request().authority().toString());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
