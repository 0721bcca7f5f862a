package org.laudable.security.sso;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.Optional;
import org.laudable.security.ProfileService;
import org.laudable.security.SsoAccounts;
import org.laudable.security.SsoEntry;

/** In tests only: a session as the code flow would have opened it, and something to write. */
@Path("/test/sso")
class SsoDeskResource {
    private final SsoAccounts accounts;
    private final SsoSessions sessions;
    private final ProfileService profiles;

    SsoDeskResource(SsoAccounts accounts, SsoSessions sessions, ProfileService profiles) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.profiles = profiles;
    }

    @GET
    @PermitAll
    @Blocking
    public String open(@QueryParam("account") long account, @QueryParam("refresh") String refresh, @QueryParam("sid") String sid,
            RoutingContext context) {
        return QuarkusTransaction.requiringNew().call(() -> {
            String nonce = accounts.openSession(new SsoEntry.In(account, 0), context);
            sessions.insert(account, nonce, Optional.ofNullable(sid), new Tokens("id", "access", refresh), Duration.ofHours(1));
            return nonce;
        });
    }

    @POST
    @Path("/rename")
    @Authenticated
    @Blocking
    public void rename(@QueryParam("to") String name) {
        profiles.rename(name);
    }
}
