package org.laudable.observability;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.laudable.LaudableConfig;

/** Who may read the metrics: administrators who are signed in, and a collector that brings the configured token. */
@ApplicationScoped
class MetricsReaders implements HttpSecurityPolicy {
    private static final int SHORTEST_TOKEN = 20;
    private static final String SCHEME = "Bearer ";

    private final Optional<byte[]> token;

    MetricsReaders(LaudableConfig config) {
        token = config.metricsToken().map(String::strip).filter(text -> !text.isEmpty()).map(text -> {
            if (text.length() < SHORTEST_TOKEN) {
                throw new IllegalStateException("LAUDABLE_METRICS_TOKEN needs " + SHORTEST_TOKEN + " characters or more.");
            }
            return text.getBytes(StandardCharsets.UTF_8);
        });
    }

    @Override
    public String name() {
        return "metrics-readers";
    }

    @Override
    public Uni<CheckResult> checkPermission(RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
        return bringsToken(request) ? CheckResult.permit()
                : identity.map(who -> who.hasRole("ADMIN") ? CheckResult.PERMIT : CheckResult.DENY);
    }

    private boolean bringsToken(RoutingContext request) {
        String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.startsWith(SCHEME) && token
                .filter(wanted -> MessageDigest.isEqual(wanted, header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8))).isPresent();
    }
}
