package org.laudable.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;

class EventFileTest {
    private static final ZoneId ZONE = ZoneId.of("UTC");

    @Test
    void windows_in_numentas_form_become_events_of_their_series() {
        List<SeriesEvent> events = parse("{\"other.csv\": [], \"plant.csv\": [[\"2024-03-01 00:00:00.000000\", \"2024-03-01 01:00:00\"]]}");
        assertEquals(List.of(new SeriesEvent(0, 7, 9L, Instant.parse("2024-03-01T00:00:00Z"), Instant.parse("2024-03-01T01:00:00Z"), false, "Window")), events);
        assertEquals(1, parse("{\"whatever it is called\": [[\"2024-03-01\", \"2024-03-02\"]]}").size());
    }

    @Test
    void what_is_no_window_is_refused_with_what_to_do() {
        assertTrue(refusal("{\"a\": [], \"b\": []}").contains("plant.csv"));
        assertTrue(refusal("{\"plant.csv\": [[\"yesterday\", \"today\"]]}").contains("two times"));
        assertTrue(refusal("{\"plant.csv\": [[\"2024-03-02\", \"2024-03-01\"]]}").contains("earlier"));
        assertTrue(refusal("{ no json").contains("not valid JSON"));
        assertTrue(refusal("[".repeat(100_000)).length() < 500);
        assertTrue(refusal("{\"a\":".repeat(100_000)).length() < 500);
    }

    private static List<SeriesEvent> parse(String text) {
        return EventFile.parse(text, 7, 9L, "plant", ZONE);
    }

    private static String refusal(String text) {
        return assertThrows(Refused.class, () -> parse(text)).getMessage();
    }
}
