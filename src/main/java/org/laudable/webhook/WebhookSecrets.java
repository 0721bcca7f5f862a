package org.laudable.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.laudable.LaudableConfig;
import org.laudable.Refused;
import org.laudable.database.SecretBox;

/**
 * Secrets and what they sign, in the form of the Standard Webhooks specification, for which many languages have a library:
 * {@code whsec_} and 32 random bytes; HMAC-SHA256 over id, time and body.
 */
@ApplicationScoped
class WebhookSecrets {
    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";
    private static final String START = "whsec_";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretBox box;

    WebhookSecrets(LaudableConfig config) {
        this.box = new SecretBox(config.data(), "webhook-secrets.key");
    }

    String make() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return START + Base64.getEncoder().encodeToString(bytes);
    }

    byte[] seal(long webhookId, String secret) {
        return box.seal(row(webhookId), secret);
    }

    /** @throws Refused if it was sealed with another key, as after moving a database without its data folder */
    String open(long webhookId, byte[] sealed) {
        try {
            return box.open(row(webhookId), sealed);
        } catch (GeneralSecurityException e) {
            throw new Refused("The webhook's secret cannot be decrypted with this data folder's key. Make a new secret.");
        }
    }

    /** One signature by each secret, apart by spaces. */
    static String sign(List<String> secrets, String id, long seconds, String body) {
        String signed = id + "." + seconds + "." + body;
        return secrets.stream().map(secret -> "v1," + hmac(secret, signed)).collect(Collectors.joining(" "));
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(START.length())), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String row(long webhookId) {
        return "webhook:" + webhookId;
    }
}
