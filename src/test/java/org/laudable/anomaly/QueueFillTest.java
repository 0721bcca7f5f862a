package org.laudable.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QueueFillTest {

    private static List<RankedWindow> windows(long series, int count, double confidence) {
        List<RankedWindow> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new RankedWindow(series, i, 100 * i, 100 * i, 100 * i + 5, "", confidence, true, false, 1));
        }
        return all;
    }

    @Test
    void every_series_gets_questions_and_the_suspicious_ones_more() {
        List<RankedWindow> ranked = new ArrayList<>(windows(1, 20, .9));
        ranked.addAll(windows(2, 20, .05));
        Map<Long, Long> dealt = QueueFill.spread(ranked, Map.of(), 10).stream().collect(Collectors.groupingBy(RankedWindow::seriesId, Collectors.counting()));
        assertEquals(Map.of(1L, 8L, 2L, 2L), dealt);
    }

    @Test
    void a_series_with_many_answers_waits() {
        List<RankedWindow> ranked = new ArrayList<>(windows(1, 20, .9));
        ranked.addAll(windows(2, 20, .9));
        assertEquals(5, QueueFill.spread(ranked, Map.of(1L, 30), 5).stream().filter(w -> w.seriesId() == 2).count());
    }

    @Test
    void within_a_series_the_order_stays_and_nothing_is_invented() {
        List<RankedWindow> ranked = windows(1, 3, .5);
        assertEquals(ranked, QueueFill.spread(ranked, Map.of(), 10));
    }
}
