package org.laudable.security;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.laudable.LaudableConfig;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** Sessions over several processes; the other process is a second object on the same database. */
@QuarkusTest
class SessionsTest {
    @Inject Sessions here;
    @Inject DataSource dataSource;
    @Inject LocalSignIn localSignIn;
    @Inject LaudableConfig config;
    @Inject Clock clock;
    @Inject Sample sample;

    @Test
    void who_signed_out_in_one_process_is_out_in_the_others_and_their_other_sessions_stay() {
        Sessions there = new Sessions(dataSource, localSignIn, config, clock);
        User user = sample.person("leaves");
        SessionPrincipal session = SessionPrincipal.start(user.id(), 0, clock.instant());
        SessionPrincipal other = SessionPrincipal.start(user.id(), 0, clock.instant());
        assertTrue(here.user(session).isPresent());

        there.end(session);

        assertTrue(there.user(session).isEmpty(), "at once where it was done");
        Eventually.holds("it is over here too", () -> here.user(session).isEmpty());
        assertTrue(here.user(other).isPresent());
        assertTrue(there.user(other).isPresent());
    }
}
