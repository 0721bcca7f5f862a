package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.laudable.LaudableConfig;
import org.laudable.Refused;
import org.laudable.database.DataFolder;

/**
 * Encrypts providers' keys for the database: AES-256-GCM with {@code secrets/provider-keys.key} of the data folder, so a
 * dump of the database alone tells nothing. A cipher text belongs to its provider and opens for no other.
 */
@ApplicationScoped
class KeyVault {
    private static final String FILE = "provider-keys.key";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final LaudableConfig config;
    private volatile SecretKey secret;

    KeyVault(LaudableConfig config) {
        this.config = config;
    }

    byte[] seal(long providerId, String key) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, providerId).doFinal(key.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A provider's key could not be encrypted", e);
        }
    }

    /** @throws Refused if it was encrypted with another secret, as after moving a database without its data folder */
    String open(long providerId, byte[] all) {
        try {
            byte[] sealed = Arrays.copyOfRange(all, NONCE_BYTES, all.length);
            return new String(cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE_BYTES), providerId).doFinal(sealed),
                    StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new Refused("The provider's key cannot be decrypted with this data folder's secret. Enter the key again.");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, long providerId) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("llm_provider:" + providerId).getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private SecretKey secret() {
        SecretKey known = secret;
        if (known == null) {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(Files.readString(DataFolder.secret(config.data(), FILE)).strip());
                known = new SecretKeySpec(bytes, "AES");
                secret = known;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return known;
    }
}
