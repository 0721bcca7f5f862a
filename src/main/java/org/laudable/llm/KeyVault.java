package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import org.laudable.LaudableConfig;
import org.laudable.Refused;
import org.laudable.database.SecretBox;

/**
 * Encrypts providers' keys for the database with {@code secrets/provider-keys.key} of the data folder, so a dump of the
 * database alone tells nothing.
 */
@ApplicationScoped
class KeyVault {
    private final SecretBox box;

    KeyVault(LaudableConfig config) {
        this.box = new SecretBox(config.data(), "provider-keys.key");
    }

    byte[] seal(long providerId, String key) {
        return box.seal(row(providerId), key);
    }

    /** @throws Refused if it was encrypted with another secret, as after moving a database without its data folder */
    String open(long providerId, byte[] sealed) {
        try {
            return box.open(row(providerId), sealed);
        } catch (GeneralSecurityException e) {
            throw new Refused("The provider's key cannot be decrypted with this data folder's secret. Enter the key again.");
        }
    }

    private static String row(long providerId) {
        return "llm_provider:" + providerId;
    }
}
