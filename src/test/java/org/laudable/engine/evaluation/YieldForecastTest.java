package org.laudable.engine.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class YieldForecastTest {

    @Test
    void nineteen_answers_make_no_forecast_and_twenty_do() {
        assertTrue(YieldForecast.of(Collections.nCopies(19, true)).isEmpty());
        assertTrue(YieldForecast.of(Collections.nCopies(20, true)).isPresent());
    }

    @Test
    void answers_that_found_nothing_promise_almost_nothing_and_those_that_always_did_almost_all() {
        YieldForecast.Outlook none = YieldForecast.of(Collections.nCopies(200, false)).orElseThrow();
        YieldForecast.Outlook all = YieldForecast.of(Collections.nCopies(300, true)).orElseThrow();

        assertEquals(0, none.next().middle());
        assertTrue(none.next().high() <= 2, none.toString());
        assertTrue(all.next().middle() >= 75 && all.rate().low() > 0.9, all.toString());
    }

    @Test
    void a_yield_that_falls_is_carried_on_falling() {
        List<Boolean> found = new ArrayList<>();
        for (int every : new int[] {2, 4, 8}) { // half of the first 136 answers found something, an eighth of the last
            for (int i = 1; i <= 136; i++) {
                found.add(i % every == 0);
            }
        }
        YieldForecast.Outlook falling = YieldForecast.of(found).orElseThrow();

        assertTrue(falling.next().middle() < 12.5 && falling.next().middle() >= 3, falling.toString());
    }

    /** Yields drawn at random, most of them falling: the band holds what the next hundred bring about as often as it says. */
    @Test
    void the_bands_cover_what_comes_about_as_often_as_they_say() {
        SplittableRandom random = new SplittableRandom(11);
        int next = 0;
        int rate = 0;
        double width = 0;
        int runs = 300;
        for (int run = 0; run < runs; run++) {
            int answers = 40 + random.nextInt(260);
            double now = 0.03 + 0.4 * random.nextDouble();
            double fall = Math.min(1.5, -0.35 * Math.log(1 - random.nextDouble()));
            YieldForecast.Outlook seen = YieldForecast.of(drawn(answers, now, fall, random)).orElseThrow();
            int came = 0;
            for (int t = 0; t < YieldForecast.NEXT; t++) {
                came += random.nextDouble() < now * Math.exp(-fall * (t + 0.5) / 100) ? 1 : 0;
            }
            next += seen.next().low() <= came && came <= seen.next().high() ? 1 : 0;
            rate += seen.rate().low() <= now && now <= seen.rate().high() ? 1 : 0;
            width += (seen.next().high() - seen.next().low()) / runs;
        }
        assertTrue(next > 0.72 * runs && next < 0.93 * runs, "next: " + next + " of " + runs);
        assertTrue(rate > 0.72 * runs && rate < 0.93 * runs, "rate: " + rate + " of " + runs);
        assertTrue(width < 25, "width " + width);
    }

    /** Answers of a yield that is {@code now} after the last of them. */
    private static List<Boolean> drawn(int answers, double now, double fall, SplittableRandom random) {
        List<Boolean> found = new ArrayList<>();
        for (int t = 0; t < answers; t++) {
            found.add(random.nextDouble() < Math.min(0.95, now * Math.exp(fall * (answers - t - 0.5) / 100)));
        }
        return found;
    }
}
