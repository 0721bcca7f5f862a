package org.laudable.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.laudable.Refused;

/** Which passwords are taken: long enough, not among the best known, not the person's own name. */
@ApplicationScoped
public class PasswordRules {
    public static final int SHORTEST = 10;
    public static final int LONGEST = 256;

    /** What is wrong with a password. */
    public enum Violation {
        TOO_SHORT("Take at least " + SHORTEST + " characters."),
        TOO_LONG("Take at most " + LONGEST + " characters."),
        WELL_KNOWN("This password is among the first that are tried. Take another one."),
        LIKE_NAME("The password must not be the user name.");

        private final String sentence;

        Violation(String sentence) {
            this.sentence = sentence;
        }
    }

    private final Set<String> wellKnown = readWellKnown();

    /** The first rule the password breaks; empty if it is fine. */
    public Optional<Violation> violation(String username, String password) {
        String plain = password.strip().toLowerCase(Locale.ROOT);
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of(Violation.TOO_SHORT);
        }
        if (password.length() > LONGEST) {
            return Optional.of(Violation.TOO_LONG);
        }
        if (wellKnown.contains(plain) || plain.chars().distinct().count() <= 2) {
            return Optional.of(Violation.WELL_KNOWN);
        }
        return isLikeName(username, plain) ? Optional.of(Violation.LIKE_NAME) : Optional.empty();
    }

    /** @throws Refused if the password breaks a rule */
    void check(String username, String password) {
        violation(username, password).ifPresent(violation -> {
            throw new Refused(violation.sentence);
        });
    }

    /** The name itself, twice, backwards, or with digits and signs around it. */
    private static boolean isLikeName(String username, String plain) {
        String name = username.toLowerCase(Locale.ROOT);
        String letters = plain.replaceAll("[^\\p{L}]+$|^[^\\p{L}]+", "");
        return plain.equals(name) || plain.equals(name + name) || plain.contentEquals(new StringBuilder(name).reverse())
                || letters.equals(name.replaceAll("[^\\p{L}]+$|^[^\\p{L}]+", "")) && !letters.isEmpty();
    }

    private static Set<String> readWellKnown() {
        try (InputStream file = PasswordRules.class.getResourceAsStream("/security/well-known-passwords.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
