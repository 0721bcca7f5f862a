package org.laudable.security.sso;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.laudable.security.SsoAccounts;
import org.laudable.security.SsoDoor;
import org.laudable.security.SsoEntry;

/** Where people come from the provider, and where the provider says that somebody has signed out elsewhere. */
@Path(SsoDoor.PATH)
class SsoResource {
    private static final Logger LOG = Logger.getLogger(SsoResource.class);

    private final Provider provider;
    private final SsoAccounts accounts;
    private final SsoSessions sessions;
    private final SessionEnding ending;
    private final SessionCheck check;
    private final ClaimRules rules;
    private final SecurityIdentity identity;

    SsoResource(Provider provider, SsoAccounts accounts, SsoSessions sessions, SessionEnding ending, SessionCheck check,
            ClaimRules rules, SecurityIdentity identity) {
        this.provider = provider;
        this.accounts = accounts;
        this.sessions = sessions;
        this.ending = ending;
        this.check = check;
        this.rules = rules;
        this.identity = identity;
    }

    /** The code flow is through: an account, its rights by the rules, a session of our own, and on to the wanted page. */
    @GET
    @Authenticated
    @Blocking
    public Response enter(RoutingContext context) {
        SsoDoor.dropFlowCookies(context);
        String wanted = SsoDoor.takeWanted(context);
        IdTokenCredential id = identity.getCredential(IdTokenCredential.class);
        AccessTokenCredential access = identity.getCredential(AccessTokenCredential.class);
        if (id == null || access == null || access.getRefreshToken() == null) {
            return to("/login?sso=failed");
        }
        Tokens tokens = new Tokens(id.getToken(), access.getToken(), access.getRefreshToken().getToken());
        try {
            return switch (open(tokens, context)) {
                case SsoEntry.In in -> to(wanted);
                case SsoEntry.Stopped(SsoEntry.Reason reason) -> to("/login?sso=" + reason.name().toLowerCase(Locale.ROOT));
            };
        } catch (IOException e) {
            LOG.warnf("Single sign-on failed, the provider does not answer: %s", e.getMessage());
            return to("/login?sso=unreachable");
        } catch (InvalidJwtException e) {
            LOG.warnf("Single sign-on failed, the token does not hold: %s", e.getMessage());
            return to("/login?sso=failed");
        }
    }

    private SsoEntry open(Tokens tokens, RoutingContext context) throws IOException, InvalidJwtException {
        ProviderClaims claims = provider.check().person(tokens.id(), tokens.access());
        return QuarkusTransaction.joiningExisting().call(() -> {
            SsoEntry entry = accounts.enter(claims.person());
            if (entry instanceof SsoEntry.In in) {
                rules.apply(in.accountId(), claims);
                sessions.insert(in.accountId(), accounts.openSession(in, context), claims.sid(), tokens, check.next());
            }
            return entry;
        });
    }

    /** Back-channel logout: the token is the right to call it. */
    @POST
    @Path("/backchannel")
    @PermitAll
    @Blocking
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response signedOutElsewhere(@FormParam("logout_token") String token) {
        if (!provider.isConfigured()) {
            return Response.status(Response.Status.NOT_FOUND).build();
        }
        try {
            ending.signedOut(provider.check().logout(token == null ? "" : token));
            return Response.ok().header("Cache-Control", "no-store").build();
        } catch (InvalidJwtException e) {
            LOG.warnf("A logout token was refused: %s", e.getMessage());
            return Response.status(Response.Status.BAD_REQUEST).header("Cache-Control", "no-store").build();
        } catch (IOException e) {
            LOG.warnf("A logout token could not be checked: %s", e.getMessage());
            return Response.status(Response.Status.SERVICE_UNAVAILABLE).build();
        }
    }

    private static Response to(String path) {
        return Response.status(Response.Status.SEE_OTHER).header("Location", path).header("Cache-Control", "no-store").build();
    }
}
