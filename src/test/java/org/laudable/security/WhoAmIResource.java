package org.laudable.security;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** In tests only: answers who the server takes the caller for. */
@Authenticated
@Path("/api/test/who-am-i")
class WhoAmIResource {
    private final CurrentUser currentUser;

    WhoAmIResource(CurrentUser currentUser) {
        this.currentUser = currentUser;
    }

    @GET
    @Blocking
    public String whoAmI() {
        return currentUser.require().username();
    }
}
