package org.laudable.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What is left behind is cleared, what is on its way is not. */
class PushHandshakesTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Queue<String> queue = new ArrayDeque<>();
    private final PushHandshakes.LeftBehind<String> place = new PushHandshakes.LeftBehind<>(queue, Duration.ofSeconds(2));

    @Test
    void the_place_is_still_where_it_is_looked_for() throws ReflectiveOperationException {
        assertTrue(Queue.class.isAssignableFrom(Class.forName(PushHandshakes.CONFIGURATOR).getDeclaredField(PushHandshakes.PLACE).getType()));
    }

    @Test
    void an_entry_that_stays_is_taken_out_after_two_seconds() {
        queue.add("left");

        assertFalse(place.clear(0));
        assertFalse(place.clear(SECOND));
        assertTrue(place.clear(2 * SECOND));

        assertTrue(queue.isEmpty());
    }

    @Test
    void entries_that_follow_one_another_are_left_alone_however_long_it_goes_on() {
        for (int i = 0; i < 10; i++) {
            queue.clear();
            queue.add("request " + i);
            assertFalse(place.clear(i * SECOND));
        }
        assertEquals(List.of("request 9"), List.copyOf(queue));
    }

    @Test
    void an_empty_place_starts_the_wait_anew() {
        queue.add("one");
        place.clear(0);
        queue.clear();
        place.clear(SECOND);
        queue.add("two");

        assertFalse(place.clear(3 * SECOND));
        assertFalse(place.clear(4 * SECOND));
        assertTrue(place.clear(5 * SECOND));
    }
}
