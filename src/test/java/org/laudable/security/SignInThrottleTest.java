package org.laudable.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {
    private final HandClock clock = new HandClock(Instant.parse("2026-11-21T03:00:00Z"));
    private final SignInThrottle throttle = new SignInThrottle(clock);

    @Test
    void five_tries_are_free_then_each_waits_twice_as_long() {
        tries(5, "ada", "10.0.0.1");

        assertEquals(Duration.ofSeconds(2), throttle.announce("ada", "10.0.0.1"));
        clock.advance(Duration.ofSeconds(2));
        assertEquals(Duration.ZERO, throttle.announce("ada", "10.0.0.1"));
        assertEquals(Duration.ofSeconds(4), throttle.announce("ada", "10.0.0.1"));
    }

    @Test
    void a_try_within_the_wait_does_not_lengthen_it() {
        tries(5, "ada", "10.0.0.1");
        clock.advance(Duration.ofSeconds(1));
        throttle.announce("ada", "10.0.0.1");

        assertEquals(Duration.ofSeconds(1), throttle.announce("ada", "10.0.0.1"));
    }

    @Test
    void the_wait_never_exceeds_five_minutes() {
        for (int i = 0; i < 30; i++) {
            clock.advance(throttle.announce("ada", "10.0.0.1"));
        }

        assertTrue(throttle.announce("ada", "10.0.0.1").compareTo(Duration.ofMinutes(5)) <= 0);
    }

    @Test
    void a_stranger_elsewhere_does_not_lock_the_owner_out() {
        tries(20, "ada", "203.0.113.9");

        assertEquals(Duration.ZERO, throttle.announce("ada", "10.0.0.1"));
    }

    @Test
    void the_right_password_wipes_the_slate() {
        tries(4, "ada", "10.0.0.1");
        throttle.announce("ada", "10.0.0.1");
        throttle.succeeded("ada", "10.0.0.1");

        assertEquals(Duration.ZERO, throttle.announce("ada", "10.0.0.1"));
    }

    @Test
    void an_address_that_tries_many_names_is_slowed_too() {
        for (int i = 0; i < 40; i++) {
            throttle.announce("name" + i, "203.0.113.9");
        }

        assertTrue(throttle.announce("another", "203.0.113.9").isPositive());
        assertEquals(Duration.ZERO, throttle.announce("another", "10.0.0.1"));
    }

    @Test
    void many_right_sign_ins_from_one_address_are_no_attack() {
        for (int i = 0; i < 300; i++) {
            assertEquals(Duration.ZERO, throttle.announce("name" + i, "10.0.0.1"));
            throttle.succeeded("name" + i, "10.0.0.1");
        }
    }

    @Test
    void after_an_hour_it_is_forgotten() {
        tries(5, "ada", "10.0.0.1");
        clock.advance(Duration.ofMinutes(61));

        assertEquals(Duration.ZERO, throttle.announce("ada", "10.0.0.1"));
        assertEquals(Duration.ZERO, throttle.announce("ada", "10.0.0.1"));
    }

    private void tries(int count, String username, String address) {
        for (int i = 0; i < count; i++) {
            throttle.announce(username, address);
        }
    }
}
