package org.laudable.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.security.PasswordRules.Violation;

class PasswordRulesTest {
    private final PasswordRules rules = new PasswordRules();

    @Test
    void a_few_words_are_a_fine_password() {
        assertEquals(Optional.empty(), rules.violation("ada", "three small words"));
        assertEquals(Optional.empty(), rules.violation("ada", "äöüßäöüß€7"));
    }

    @Test
    void nine_characters_are_too_short_and_ten_are_not() {
        assertEquals(Optional.of(Violation.TOO_SHORT), rules.violation("ada", "kq7 xw2mz"));
        assertEquals(Optional.empty(), rules.violation("ada", "kq7 xw2mzp"));
    }

    @Test
    void length_counts_characters_not_code_units() {
        assertEquals(Optional.of(Violation.TOO_SHORT), rules.violation("ada", "😀😁😂🤣😃"));
    }

    @Test
    void more_than_256_characters_are_refused() {
        assertEquals(Optional.empty(), rules.violation("ada", "ab1 ".repeat(64)));
        assertEquals(Optional.of(Violation.TOO_LONG), rules.violation("ada", "ab1 ".repeat(64) + "x"));
    }

    @Test
    void well_known_passwords_are_refused_in_any_case() {
        assertEquals(Optional.of(Violation.WELL_KNOWN), rules.violation("ada", "Password123"));
        assertEquals(Optional.of(Violation.WELL_KNOWN), rules.violation("ada", "1234567890"));
        assertEquals(Optional.of(Violation.WELL_KNOWN), rules.violation("ada", "aaaaaaaaaaaa"));
    }

    @Test
    void the_user_name_is_no_password_also_dressed_up() {
        assertEquals(Optional.of(Violation.LIKE_NAME), rules.violation("grace.hopper", "grace.hopper"));
        assertEquals(Optional.of(Violation.LIKE_NAME), rules.violation("grace.hopper", "Grace.Hopper2026!"));
        assertEquals(Optional.of(Violation.LIKE_NAME), rules.violation("hopper", "hopperhopper"));
        assertEquals(Optional.of(Violation.LIKE_NAME), rules.violation("grace.hopper", "reppoh.ecarg"));
        assertEquals(Optional.empty(), rules.violation("ada", "ada likes long walks"));
    }

    @Test
    void a_refusal_says_what_to_do() {
        assertEquals("Take at least 10 characters.", assertThrows(Refused.class, () -> rules.check("ada", "short")).getMessage());
    }
}
