package org.laudable.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DatabaseClockTest {
    @Inject DataSource dataSource;

    @Test
    void a_machine_whose_clock_is_an_hour_off_tells_the_databases_time() {
        for (Duration off : new Duration[] {Duration.ofHours(1), Duration.ofHours(-1)}) {
            DatabaseClock clock = new DatabaseClock(dataSource, Clock.offset(Clock.systemUTC(), off));
            clock.ask();
            Duration apart = Duration.between(Instant.now(), clock.clock().instant()).abs();
            assertTrue(apart.compareTo(Duration.ofSeconds(2)) < 0, "apart by " + apart);
        }
    }

    @Test
    void before_the_database_was_asked_the_machines_clock_counts() {
        Clock noon = Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), java.time.ZoneOffset.UTC);
        DatabaseClock never = new DatabaseClock(dataSource, noon);
        assertEquals(noon.instant(), never.clock().instant());
    }
}
