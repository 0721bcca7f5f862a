package org.laudable.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What is left under {@code /api} when no resource took the request: a problem, never a page. */
@ApplicationScoped
class UnknownAddress {
    /** After the resources of REST, before the servlet that serves the pages. */
    private static final int ORDER = 9_999;

    private final ObjectMapper json;

    UnknownAddress(ObjectMapper json) {
        this.json = json;
    }

    void register(@Observes Router router) {
        router.route("/api/*").order(ORDER).handler(this::answer);
    }

    private void answer(RoutingContext request) {
        try {
            String body = json.writeValueAsString(Problem.of(404, "There is nothing at this address."));
            request.response().setStatusCode(404).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE).end(body);
        } catch (JsonProcessingException e) {
            request.fail(e);
        }
    }
}
