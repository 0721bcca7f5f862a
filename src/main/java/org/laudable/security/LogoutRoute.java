package org.laudable.security;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Signing out: POST /logout ends the session on the server, drops the cookie and shows the sign-in page. */
@ApplicationScoped
class LogoutRoute {
    private final Sessions sessions;

    LogoutRoute(Sessions sessions) {
        this.sessions = sessions;
    }

    void register(@Observes Router router) {
        router.post("/logout").order(1).handler(this::logout);
    }

    private void logout(RoutingContext context) {
        if (context.user() instanceof QuarkusHttpUser user
                && user.getSecurityIdentity().getPrincipal() instanceof SessionPrincipal session) {
            sessions.end(session);
        }
        SignInMechanism.clearCookie(context);
        context.response().setStatusCode(303).putHeader(HttpHeaders.LOCATION, "/login").end();
    }
}
