package org.laudable.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.laudable.LaudableConfig;

/** Who may come in with a password of this site. */
class LocalSignInTest {
    @Test
    void everybody_may_unless_it_is_switched_off_and_then_one() {
        assertTrue(with(Map.of()).open("anna"));

        LocalSignIn off = with(Map.of("laudable.local-accounts", "false", "laudable.break-glass", "ada", "laudable.oidc.issuer", "https://id.example"));
        off.check(new StartupEvent());
        assertTrue(off.open("ada"));
        assertFalse(off.open("anna"));
    }

    @Test
    void it_does_not_start_where_nobody_could_sign_in() {
        assertThrows(IllegalStateException.class, () -> with(Map.of("laudable.local-accounts", "false", "laudable.break-glass", "ada")).check(new StartupEvent()));
        assertThrows(IllegalStateException.class,
                () -> with(Map.of("laudable.local-accounts", "false", "laudable.oidc.issuer", "https://id.example")).check(new StartupEvent()));
        with(Map.of()).check(new StartupEvent());
    }

    @Test
    void sessions_are_asked_about_every_45_seconds_and_readable_for_five_minutes_unless_configured() {
        LaudableConfig.Oidc oidc = config(Map.of()).oidc();

        assertEquals(Duration.ofSeconds(45), oidc.checkEvery());
        assertEquals(Duration.ofMinutes(5), oidc.readOnlyAfter());
        assertTrue(oidc.issuer().isEmpty());
    }

    private static LocalSignIn with(Map<String, String> settings) {
        return new LocalSignIn(config(settings));
    }

    private static LaudableConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(LaudableConfig.class).withDefaultValues(settings).build()
                .getConfigMapping(LaudableConfig.class);
    }
}
