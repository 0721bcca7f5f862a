package org.laudable.security;

import io.quarkus.elytron.security.common.BcryptUtil;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Base64;

/**
 * Passwords as bcrypt hashes. bcrypt reads 72 bytes and stops at a zero byte; so longer passwords, and those with one,
 * are first condensed by SHA-256, and no part of them is lost.
 */
@ApplicationScoped
class PasswordHashing {
    private static final int COST = 11;
    private static final int BCRYPT_BYTES = 72;

    /** What a try for an account that does not exist is compared with, so that it takes as long. */
    private final String nobody = BcryptUtil.bcryptHash("nobody has this password", COST);

    String hash(String password) {
        return BcryptUtil.bcryptHash(condensed(password), COST);
    }

    /** @param hash null if the account does not exist or has no password yet: false, after the same time */
    boolean matches(String password, String hash) {
        boolean same = BcryptUtil.matches(condensed(password), hash == null ? nobody : hash);
        return same && hash != null;
    }

    private static String condensed(String password) {
        String composed = Normalizer.normalize(password, Normalizer.Form.NFC);
        byte[] bytes = composed.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= BCRYPT_BYTES && composed.indexOf('\0') < 0) {
            return composed;
        }
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
