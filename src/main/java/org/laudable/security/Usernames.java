package org.laudable.security;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a user name looks like, and how one is made from a person's name. */
final class Usernames {
    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9._-]{1,63}");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@,;<>\"]{1,64}@[^\\s@,;<>\"]+\\.[^\\s@,;<>\"]{2,}");

    private Usernames() {}

    static boolean isValid(String username) {
        return VALID.matcher(username).matches();
    }

    static boolean isEmail(String text) {
        return text.length() <= 254 && EMAIL.matcher(text).matches();
    }

    /** 'Änne Groß' becomes 'aenne.gross'; empty if nothing is left. */
    static String from(String name) {
        String german = name.strip().toLowerCase(Locale.ROOT).replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss");
        String plain = Normalizer.normalize(german, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        String dotted = plain.replaceAll("[^a-z0-9_-]+", ".").replaceAll("^[._-]+|[._-]+$", "");
        return dotted.length() <= 64 ? dotted : dotted.substring(0, 64);
    }
}
