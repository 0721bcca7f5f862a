package org.laudable.api;

import io.quarkus.security.ForbiddenException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.laudable.security.CurrentUser;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenGrant;
import org.laudable.security.User;

/**
 * Nobody comes into {@code /api} without being signed in. A person writes there only from our own pages with the CSRF
 * token; a program with a personal access token only calls what the token is for, and not too often. What they may do
 * then, the services decide.
 */
final class ApiGate {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final CurrentUser currentUser;
    private final CsrfToken token;
    private final RateLimit rates;

    ApiGate(CurrentUser currentUser, CsrfToken token, RateLimit rates) {
        this.currentUser = currentUser;
        this.token = token;
        this.rates = rates;
    }

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    Optional<Response> check(ContainerRequestContext request, RoutingContext connection, ResourceInfo resource) {
        if (!request.getUriInfo().getPath().startsWith("/api/")) {
            return Optional.empty();
        }
        User user = currentUser.require();
        Optional<TokenGrant> grant = currentUser.token();
        if (grant.isPresent()) {
            return byToken(grant.get(), resource);
        }
        if (READING.contains(request.getMethod())) {
            return Optional.empty();
        }
        if (!sameOrigin(request, connection)) {
            throw new ForbiddenException("Requests from other sites are not taken.");
        }
        return token.matches(user, request.getHeaderString(CsrfToken.HEADER)) ? Optional.empty()
                : Optional.of(Problem.token().response());
    }

    private Optional<Response> byToken(TokenGrant grant, ResourceInfo resource) {
        Duration wait = rates.take(grant.tokenId());
        if (!wait.isZero()) {
            long seconds = wait.toSeconds() + 1;
            return Optional.of(Response.fromResponse(Problem.of(429, "This token calls too often. Wait " + seconds
                    + (seconds == 1 ? " second." : " seconds.")).response()).header("Retry-After", seconds).build());
        }
        ForTokens asked = resource.getResourceMethod().getAnnotation(ForTokens.class);
        if (asked == null) {
            asked = resource.getResourceClass().getAnnotation(ForTokens.class);
        }
        if (asked == null) {
            throw new ForbiddenException("This can be done by a person who is signed in, not with a token.");
        }
        Arrays.stream(asked.value()).forEach(grant::require);
        return Optional.empty();
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
