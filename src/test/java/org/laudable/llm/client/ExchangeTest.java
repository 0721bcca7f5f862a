package org.laudable.llm.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExchangeTest {

    private static Optional<Duration> wait(String header) {
        Exchange exchange = new Exchange(Map.of());
        exchange.answered(429, "", header);
        return exchange.retryAfter();
    }

    @Test
    void a_provider_asks_to_wait_in_seconds_or_until_a_date() {
        assertEquals(Optional.of(Duration.ofSeconds(20)), wait("20"));
        assertEquals(Optional.of(Duration.ofMillis(1_500)), wait(" 1.5 "));
        Duration hour = wait(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusHours(1))).orElseThrow();
        assertTrue(hour.compareTo(Duration.ofMinutes(58)) > 0 && hour.compareTo(Duration.ofHours(1)) <= 0, hour.toString());
        assertEquals(Optional.of(Duration.ZERO), wait("Wed, 21 Oct 2015 07:28:00 GMT"));
    }

    @Test
    void rubbish_and_nothing_ask_for_no_particular_wait() {
        assertEquals(Optional.empty(), wait("soon"));
        assertEquals(Optional.empty(), wait("-5"));
        assertEquals(Optional.empty(), wait(null));
    }
}
