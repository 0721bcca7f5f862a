package org.laudable.security;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

/** Signing out: POST /logout ends the session on the server, drops the cookie and shows the sign-in
 * page, by way of the provider for whoever came by single sign-on. */
@ApplicationScoped
class LogoutRoute {
    private final Sessions sessions;
    private final Instance<ProviderLogout> provider;

    LogoutRoute(Sessions sessions, Instance<ProviderLogout> provider) {
        this.sessions = sessions;
        this.provider = provider;
    }

    void register(@Observes Router router) {
        router.post("/logout").order(1).blockingHandler(this::logout);
    }

    private void logout(RoutingContext context) {
        String next = "/login";
        if (context.user() instanceof QuarkusHttpUser user
                && user.getSecurityIdentity().getPrincipal() instanceof SessionPrincipal session) {
            sessions.end(session);
            if (session.isSso() && provider.isResolvable()) {
                next = provider.get().end(session.nonce(), here(context) + next).orElse(next);
            }
        }
        SignInMechanism.clearCookie(context);
        context.response().setStatusCode(303).putHeader(HttpHeaders.LOCATION, next).end();
    }

    private static String here(RoutingContext context) {
        return context.request().scheme() + "://" + context.request().authority();
    }
}
