package org.laudable.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.List;
import org.laudable.LaudableConfig;

/** Headers that tell the browser what this site never does, and the servlet session's cookie made as safe as ours. */
@ApplicationScoped
class SecurityHeaders {
    /** Vaadin's client evaluates what the server sends. */
    private static final String SCRIPTS = "script-src 'self' 'unsafe-eval'";
    /** Its start-up code is inline; that of the REST documentation's pages too. */
    private static final String DOCUMENTATION = "/q/swagger-ui";
    private static final String CONTENT = String.join("; ",
            "default-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "frame-ancestors 'none'");

    private final LaudableConfig config;
    private final String content;

    SecurityHeaders(LaudableConfig config) {
        this.config = config;
        // signing out is a form whose answer leads on to the provider
        this.content = CONTENT + "; form-action 'self'" + config.oidc().issuer().map(SecurityHeaders::origin).orElse("");
    }

    void register(@Observes Filters filters) {
        filters.register(this::add, 1_000);
    }

    private static String origin(String issuer) {
        URI address = URI.create(issuer);
        return " " + address.getScheme() + "://" + address.getRawAuthority();
    }

    private void add(RoutingContext context) {
        context.addHeadersEndHandler(end -> {
            MultiMap headers = context.response().headers();
            headers.set("Content-Security-Policy", content + "; " + SCRIPTS + inline(context));
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("X-Frame-Options", "DENY");
            headers.set("Referrer-Policy", "same-origin");
            headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
            headers.set("Cross-Origin-Opener-Policy", "same-origin");
            if (context.request().isSSL()) {
                headers.set("Strict-Transport-Security", "max-age=31536000");
            }
            protectCookies(headers);
        });
        context.next();
    }

    private static String inline(RoutingContext context) {
        return ScriptNonce.of(context).map(nonce -> " 'nonce-" + nonce + "'")
                .orElse(context.normalizedPath().startsWith(DOCUMENTATION) ? " 'unsafe-inline'" : "");
    }

    private void protectCookies(MultiMap headers) {
        List<String> cookies = headers.getAll("Set-Cookie");
        if (!cookies.isEmpty()) {
            headers.remove("Set-Cookie");
            cookies.forEach(cookie -> headers.add("Set-Cookie", protect(cookie)));
        }
    }

    private String protect(String cookie) {
        StringBuilder safe = new StringBuilder(cookie);
        String attributes = cookie.toLowerCase(java.util.Locale.ROOT);
        if (attributes.startsWith("jsessionid=") && !attributes.contains("; httponly")) {
            safe.append("; HttpOnly");
        }
        if (!attributes.contains("; samesite=")) {
            safe.append("; SameSite=Lax");
        }
        if (config.secureCookies() && !attributes.contains("; secure")) {
            safe.append("; Secure");
        }
        return safe.toString();
    }
}
