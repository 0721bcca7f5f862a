package org.laudable.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.laudable.LaudableConfig;

/** A process that serves no pages answers for its health and its metrics, and nothing else. */
@ApplicationScoped
class OnlyHealth {
    private static final List<String> OPEN = List.of("/q/health", "/q/metrics");
    /** Before everything else: nobody needs to be known for this answer. */
    private static final int FIRST = 2_000;

    private final LaudableConfig config;

    OnlyHealth(LaudableConfig config) {
        this.config = config;
    }

    void register(@Observes Filters filters) {
        if (!config.role().servesPages()) {
            filters.register(OnlyHealth::answer, FIRST);
        }
    }

    private static void answer(RoutingContext context) {
        String path = context.normalizedPath();
        if (OPEN.stream().anyMatch(open -> path.equals(open) || path.startsWith(open + "/"))) {
            context.next();
        } else {
            context.response().setStatusCode(404).putHeader("Content-Type", "text/plain")
                    .end("This process serves no pages. Open the address of one that does.\n");
        }
    }
}
