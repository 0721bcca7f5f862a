package org.laudable.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionPrincipalTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    @Test
    void its_name_can_be_read_back() {
        SessionPrincipal session = SessionPrincipal.start(12, 3, NOW);

        assertEquals(Optional.of(session), SessionPrincipal.parse(session.getName()));
    }

    @Test
    void anything_else_is_no_session() {
        for (String name : new String[] {"", "ada", "1.2.3", "1.2.3.4.5", "x.2.3.ab", "1.2.99999999999999999999.ab"}) {
            assertEquals(Optional.empty(), SessionPrincipal.parse(name), name);
        }
    }

    @Test
    void it_is_over_after_24_hours_however_busy() {
        SessionPrincipal session = SessionPrincipal.start(12, 3, NOW);

        assertFalse(session.isOver(NOW.plus(Duration.ofHours(24))));
        assertTrue(session.isOver(NOW.plus(Duration.ofHours(24)).plusSeconds(1)));
    }

    @Test
    void two_sign_ins_of_one_person_differ() {
        assertNotEquals(SessionPrincipal.start(12, 3, NOW).getName(), SessionPrincipal.start(12, 3, NOW).getName());
    }
}
