package org.laudable.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.laudable.database.DatabaseAway;

/**
 * What a request answers that comes neither to REST nor to a page because the database is away: who asks is looked up there
 * first. They stay signed in; only this answer fails.
 */
@ApplicationScoped
class BeforeRest {
    private static final Logger LOG = Logger.getLogger(BeforeRest.class);
    /** Before all other handlers of failures. */
    private static final int ORDER = Integer.MIN_VALUE;
    private static final int STATUS = 503;

    private final ObjectMapper json;

    BeforeRest(ObjectMapper json) {
        this.json = json;
    }

    void register(@Observes Router router) {
        router.route().order(ORDER).failureHandler(this::answer);
    }

    private void answer(RoutingContext request) {
        if (request.response().ended() || request.response().headWritten() || !DatabaseAway.isBehind(request.failure())) {
            request.next();
            return;
        }
        LOG.warnf("A request was not answered, the database is away: %s", request.failure());
        request.response().setStatusCode(STATUS).putHeader("Retry-After", Integer.toString(DatabaseAway.SECONDS));
        if (request.normalizedPath().startsWith("/api/")) {
            request.response().putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE).end(problem());
        } else {
            request.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain;charset=UTF-8").end(DatabaseAway.SENTENCE);
        }
    }

    private String problem() {
        try {
            return json.writeValueAsString(Problem.of(STATUS, DatabaseAway.SENTENCE));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
