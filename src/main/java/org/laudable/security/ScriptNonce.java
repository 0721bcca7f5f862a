package org.laudable.security;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** A secret for one document: the scripts that were in it when it left the server carry it, and no other inline script runs. */
@ApplicationScoped
public class ScriptNonce {
    private static final String KEY = ScriptNonce.class.getName();
    private static final int BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final CurrentVertxRequest request;

    ScriptNonce(CurrentVertxRequest request) {
        this.request = request;
    }

    /** Made for the answer to the current request, whose headers name it too. */
    public String ofThisDocument() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        request.getCurrent().put(KEY, nonce);
        return nonce;
    }

    static Optional<String> of(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }
}
