package org.laudable.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.HashSet;
import java.util.Set;

/**
 * A personal access token where there is one, else Quarkus' form login with three differences: a session that is over makes the request anonymous instead of failing it
 * (the sign-in page must open); REST answers 401 instead of a redirect; after signing in one comes to the page one
 * wanted, or learns how long to wait.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class SignInMechanism implements HttpAuthenticationMechanism {
    static final String POST = "/j_security_check";
    static final String COOKIE = "laudable";
    private static final String OUTCOME = "laudable.sign-in";

    private final FormAuthenticationMechanism form;
    private final SsoDoor sso;

    SignInMechanism(FormAuthenticationMechanism form, SsoDoor sso) {
        this.form = form;
        this.sso = sso;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        if (sso.isAt(context)) {
            return sso.authenticate(context, identities);
        }
        if (BearerToken.isOn(context)) {
            return BearerToken.authenticate(context, identities);
        }
        if (isSignIn(context)) {
            context.addHeadersEndHandler(end -> goWhereWanted(context));
            return form.authenticate(context, identities)
                    .onFailure(AuthenticationFailedException.class).recoverWithUni(() -> {
                        sayWhy(context);
                        return Uni.createFrom().nullItem();
                    });
        }
        return form.authenticate(context, identities)
                .onFailure(AuthenticationFailedException.class).recoverWithUni(() -> {
                    clearCookie(context);
                    return Uni.createFrom().nullItem();
                });
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        if (sso.isAt(context)) {
            return sso.challenge(context);
        }
        String path = context.normalizedPath();
        if (!isSignIn(context) && (path.startsWith("/api/") || path.startsWith("/q/") && !path.startsWith("/q/swagger-ui") || context.request().method() != HttpMethod.GET)) {
            return Uni.createFrom().item(new ChallengeData(401));
        }
        return form.getChallenge(context);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        Set<Class<? extends AuthenticationRequest>> types = new HashSet<>(form.getCredentialTypes());
        types.add(TokenIdentityProvider.Request.class);
        return types;
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return form.getCredentialTransport(context);
    }

    /** Keeps how the try ended for the answer's redirect. */
    static void remember(RoutingContext context, SignIn.Outcome outcome) {
        context.put(OUTCOME, outcome);
    }

    static void clearCookie(RoutingContext context) {
        context.response().addCookie(io.vertx.core.http.Cookie.cookie(COOKIE, "").setPath("/").setMaxAge(0).setHttpOnly(true));
    }

    private static void goWhereWanted(RoutingContext context) {
        if (context.get(OUTCOME) instanceof SignIn.Outcome outcome && outcome.identity().isPresent()) {
            String wanted = context.request().getFormAttribute("to");
            context.response().headers().set(HttpHeaders.LOCATION, wanted != null && SsoDoor.isInside(wanted) ? wanted : "/");
        }
    }

    private static void sayWhy(RoutingContext context) {
        boolean tooMany = context.get(OUTCOME) instanceof SignIn.Outcome outcome && !outcome.delay().isZero();
        String reason = tooMany ? "wait=" + (context.<SignIn.Outcome>get(OUTCOME).delay().toSeconds() + 1) : "error";
        context.response().setStatusCode(302).putHeader(HttpHeaders.LOCATION, "/login?" + reason).end();
    }

    private static boolean isSignIn(RoutingContext context) {
        return context.normalizedPath().equals(POST) && context.request().method() == HttpMethod.POST;
    }
}
