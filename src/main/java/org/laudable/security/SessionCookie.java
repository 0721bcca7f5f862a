package org.laudable.security;

import io.quarkus.vertx.http.runtime.security.PersistentLoginManager;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.laudable.LaudableConfig;

/** Writes the very cookie that signing in by the form writes, for whoever came another way. */
@ApplicationScoped
class SessionCookie {
    private static final long UNTIL_THE_BROWSER_CLOSES = -1;

    private final PersistentLoginManager cookies;
    private final LaudableConfig config;

    SessionCookie(@ConfigProperty(name = "quarkus.http.auth.session.encryption-key") String key,
            @ConfigProperty(name = "quarkus.http.auth.form.timeout") Duration idle,
            @ConfigProperty(name = "quarkus.http.auth.form.new-cookie-interval") Duration renewed, LaudableConfig config) {
        this.cookies = new PersistentLoginManager(key, SignInMechanism.COOKIE, idle.toMillis(), renewed.toMillis(), true, "LAX",
                "/", UNTIL_THE_BROWSER_CLOSES, null);
        this.config = config;
    }

    void save(SessionPrincipal session, RoutingContext context) {
        cookies.save(session.getName(), context, SignInMechanism.COOKIE, null, config.secureCookies() || context.request().isSSL());
    }
}
