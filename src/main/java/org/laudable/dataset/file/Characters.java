package org.laudable.dataset.file;

import java.util.Optional;

/** Which characters a text may hold. */
final class Characters {
    /** Stands for bytes that the encoding cannot read; no text in any language holds it. */
    static final char UNREADABLE = '\uFFFF';

    private Characters() {}

    /** Why a value cannot go in, if it cannot. */
    static Optional<String> problem(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == UNREADABLE) {
                return Optional.of("holds bytes that are not valid in the file's encoding");
            }
            if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c == 0x7F) {
                return Optional.of("holds control characters (%s): binary data?".formatted(c == 0 ? "NUL" : "code " + (int) c));
            }
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c) && i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))) {
                    i++;
                } else {
                    return Optional.of("holds half a character (a lone surrogate)");
                }
            }
        }
        return Optional.empty();
    }

    /** The text with everything {@link #problem} objects to replaced by U+FFFD. */
    static String printable(CharSequence text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < out.length() && Character.isLowSurrogate(out.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c) || c == UNREADABLE || c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c == 0x7F) {
                out.setCharAt(i, '\uFFFD');
            }
        }
        return out.toString();
    }
}
