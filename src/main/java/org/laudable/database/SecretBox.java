package org.laudable.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must not be read from a dump of the database: AES-256-GCM with a key that lies in {@code secrets/} of the
 * data folder. A cipher text belongs to its row and opens for no other.
 */
public final class SecretBox {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path data;
    private final String file;
    private volatile SecretKey key;

    /** @param file the key's name below {@code secrets/}; made when it is first used */
    public SecretBox(Path data, String file) {
        this.data = data;
        this.file = file;
    }

    /** @param row whom it belongs to, as {@code table:id} */
    public byte[] seal(String row, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, row).doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("It could not be encrypted: " + row, e);
        }
    }

    /** @throws GeneralSecurityException if it was sealed with another key or for another row */
    public String open(String row, byte[] all) throws GeneralSecurityException {
        byte[] sealed = Arrays.copyOfRange(all, NONCE_BYTES, all.length);
        return new String(cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE_BYTES), row).doFinal(sealed), StandardCharsets.UTF_8);
    }

    private Cipher cipher(int mode, byte[] nonce, String row) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(row.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private SecretKey key() {
        SecretKey known = key;
        if (known == null) {
            try {
                known = new SecretKeySpec(Base64.getUrlDecoder().decode(Files.readString(DataFolder.secret(data, file)).strip()), "AES");
                key = known;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return known;
    }
}
