package org.laudable.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Windows of many series come in turns; their times are not read again at each turn. */
class TimesTest {
    private static final int POINTS = 3 * Times.BLOCK + 1_000;
    private final AtomicInteger read = new AtomicInteger();
    private final Times times = new Times((series, from, to) -> {
        assertTrue(from < to && to - from <= Times.BLOCK && to <= POINTS, from + " to " + to);
        read.incrementAndGet();
        return IntStream.range(from, to).mapToLong(point -> 1_000_000 * series + point).toArray();
    });

    @Test
    void a_block_of_points_is_read_once_however_the_series_alternate() {
        for (int point = 0; point < POINTS; point += 500) {
            for (long series = 1; series <= 20; series++) {
                assertEquals(1_000_000 * series + point, times.at(series, point, POINTS));
            }
        }
        assertEquals(1_000_000 + POINTS - 1, times.at(1, POINTS - 1, POINTS));
        assertEquals(20 * 4, read.get());
    }

    @Test
    void only_so_many_are_kept() {
        for (long series = 0; series <= Times.MOST_BLOCKS; series++) {
            times.at(series, 0, POINTS);
        }
        times.at(0, 0, POINTS);
        assertEquals(Times.MOST_BLOCKS + 2, read.get(), "the first one had to go");
    }
}
