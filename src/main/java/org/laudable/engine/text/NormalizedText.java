package org.laudable.engine.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A text as the engine compares it: NFKC, lower-cased, white space collapsed to single blanks, trimmed. Texts that are
 * equal in this form are one question to people and share its answer; audit halves and test splits are decided by its
 * hash, so that equal texts never fall on both sides.
 *
 * @param value the normalised text, possibly empty
 */
public record NormalizedText(String value) {

    /** Bytes of a fingerprint. */
    public static final int FINGERPRINT_BYTES = 16;

    /** The two halves of the audit sample (ENGINES §1.1). */
    public enum AuditHalf {
        /** A1: may be used to choose models, prompts and settings. */
        CHOOSES,
        /** A2: only reports quality and decides when to stop. */
        REPORTS
    }

    /** Normalises a text. */
    public static NormalizedText of(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder out = new StringBuilder(folded.length());
        boolean gap = false;
        for (int i = 0; i < folded.length(); ) {
            int c = folded.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                gap = true;
            } else {
                if (gap && !out.isEmpty()) {
                    out.append(' ');
                }
                gap = false;
                out.appendCodePoint(c);
            }
        }
        return new NormalizedText(out.toString());
    }

    /** The first 16 bytes of the SHA-256 of the normalised text in UTF-8. */
    public byte[] fingerprint() {
        return Arrays.copyOf(sha256(value), FINGERPRINT_BYTES);
    }

    /** The fingerprint as 32 hexadecimal digits. */
    public String fingerprintHex() {
        return HexFormat.of().formatHex(fingerprint());
    }

    /** Which half of the audit sample this text belongs to, if it is in it. Depends on the text alone. */
    public AuditHalf auditHalf() {
        return share("audit") < 0.5 ? AuditHalf.CHOOSES : AuditHalf.REPORTS;
    }

    /**
     * A number in [0, 1) drawn by hash from the text and a salt: the same for equal texts, as good as random
     * otherwise. 'share(seed) &lt; .2' puts a fifth of all texts into a test split.
     */
    public double share(String salt) {
        byte[] h = sha256(salt + '\n' + value);
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = bits << 8 | h[i] & 0xFF;
        }
        return (bits >>> 11) * 0x1.0p-53;
    }

    private static byte[] sha256(String s) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(s.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
