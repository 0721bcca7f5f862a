package org.laudable.security;

import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;

/**
 * The way in by single sign-on, {@code /sso}: the only address at which Quarkus' OIDC code flow is at work. What comes out
 * of it becomes a session like any other ({@code security.sso}).
 */
@ApplicationScoped
public class SsoDoor {
    /** Where the sign-in page sends people, and where the provider sends them back to. */
    public static final String PATH = "/sso";
    private static final Logger LOG = Logger.getLogger(SsoDoor.class);
    private static final String WANTED = "laudable_to";
    private static final long TEN_MINUTES = 600;
    /** A place inside this site: one slash, then no second one and no backslash, no control characters. */
    private static final Pattern INSIDE = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]{0,1000}");

    private final OidcAuthenticationMechanism oidc;
    private final LaudableConfig config;

    SsoDoor(OidcAuthenticationMechanism oidc, LaudableConfig config) {
        this.oidc = oidc;
        this.config = config;
    }

    /** Whether the request comes to this door, and there is one. */
    boolean isAt(RoutingContext context) {
        return config.oidc().issuer().isPresent() && context.normalizedPath().equals(PATH);
    }

    Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        noteWanted(context);
        return oidc.authenticate(context, identities)
                .onFailure(failure -> !(failure instanceof AuthenticationRedirectException)).recoverWithUni(failure -> {
                    dropFlowCookies(context);
                    context.response().setStatusCode(302).putHeader(HttpHeaders.LOCATION, "/login?sso=" + reason(failure)).end();
                    return Uni.createFrom().nullItem();
                });
    }

    /** To the provider; back to the sign-in page where it does not answer. */
    Uni<ChallengeData> challenge(RoutingContext context) {
        return oidc.getChallenge(context).onFailure().recoverWithItem(failure ->
                new ChallengeData(302, HttpHeaders.LOCATION, "/login?sso=" + reason(failure)));
    }

    private static String reason(Throwable failure) {
        boolean refused = failure instanceof AuthenticationException;
        LOG.warnf("Single sign-on failed: %s", failure.getCause() == null ? failure : failure.getCause());
        return refused ? "failed" : "unreachable";
    }

    /** Keeps the page the person wanted until they are back from the provider. */
    private static void noteWanted(RoutingContext context) {
        List<String> wanted = context.queryParam("to");
        if (!wanted.isEmpty() && isInside(wanted.getFirst())) {
            context.response().addCookie(Cookie.cookie(WANTED, URLEncoder.encode(wanted.getFirst(), StandardCharsets.UTF_8))
                    .setPath(PATH).setMaxAge(TEN_MINUTES).setHttpOnly(true).setSameSite(CookieSameSite.LAX));
        }
    }

    /** The page the person wanted, or the first; forgotten with this. */
    public static String takeWanted(RoutingContext context) {
        String wanted = Optional.ofNullable(context.request().getCookie(WANTED))
                .map(cookie -> URLDecoder.decode(cookie.getValue(), StandardCharsets.UTF_8)).filter(SsoDoor::isInside).orElse("/");
        context.response().addCookie(Cookie.cookie(WANTED, "").setPath(PATH).setMaxAge(0).setHttpOnly(true));
        return wanted;
    }

    /** Nothing of the flow stays in the browser: our own session takes over. */
    public static void dropFlowCookies(RoutingContext context) {
        context.request().cookies().stream().map(Cookie::getName).filter(name -> name.startsWith("q_")).toList()
                .forEach(name -> drop(context, name));
        drop(context, "q_session");
    }

    static boolean isInside(String path) {
        return INSIDE.matcher(path).matches();
    }

    private static void drop(RoutingContext context, String name) {
        context.response().removeCookies(name, false);
        context.response().addCookie(Cookie.cookie(name, "").setPath("/").setMaxAge(0).setHttpOnly(true));
    }
}
