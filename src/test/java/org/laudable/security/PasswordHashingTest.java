package org.laudable.security;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PasswordHashingTest {
    private final PasswordHashing hashing = new PasswordHashing();

    @Test
    void the_right_password_matches_and_another_does_not() {
        String hash = hashing.hash("three small words");

        assertTrue(hashing.matches("three small words", hash));
        assertFalse(hashing.matches("three small Words", hash));
    }

    @Test
    void what_stands_beyond_72_bytes_counts() {
        String long1 = "x".repeat(72) + " and this end";
        String long2 = "x".repeat(72) + " and that end";
        String hash = hashing.hash(long1);

        assertTrue(hashing.matches(long1, hash));
        assertFalse(hashing.matches(long2, hash));
        assertFalse(hashing.matches("x".repeat(72), hash));
    }

    @Test
    void what_stands_behind_a_zero_byte_counts() {
        String hash = hashing.hash("before\0after that");

        assertFalse(hashing.matches("before\0something", hash));
    }

    @Test
    void the_same_letters_match_however_they_were_composed() {
        assertTrue(hashing.matches("Ga\u0308rten im Mai", hashing.hash("Gärten im Mai")));
    }

    @Test
    void an_account_without_a_password_lets_nobody_in() {
        assertFalse(hashing.matches("nobody has this password", null));
        assertFalse(hashing.matches("", null));
    }

    @Test
    void two_hashes_of_one_password_differ() {
        assertNotEquals(hashing.hash("three small words"), hashing.hash("three small words"));
    }
}
