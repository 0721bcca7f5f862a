package org.laudable.api;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.laudable.security.User;

/**
 * What a page must send with each write, in the header {@code X-CSRF-Token}: a signature of the person's account by the
 * server's session key. A foreign page cannot know it, and it outlives a restart, so that a page left open goes on.
 */
@ApplicationScoped
public class CsrfToken {
    public static final String HEADER = "X-CSRF-Token";

    private final SecretKeySpec key;

    CsrfToken(@ConfigProperty(name = "quarkus.http.auth.session.encryption-key") String sessionKey) {
        this.key = new SecretKeySpec(sessionKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    public String of(User user) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] signature = mac.doFinal(("csrf:" + user.id()).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean matches(User user, String sent) {
        return sent != null && MessageDigest.isEqual(of(user).getBytes(StandardCharsets.UTF_8),
                sent.getBytes(StandardCharsets.UTF_8));
    }
}
