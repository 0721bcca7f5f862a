package org.laudable.engine.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BinomialTest {

    @Test
    void wilson_matches_published_values() {
        // Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        assertInterval(.2553, .3662, Binomial.wilson(81, 263, .95));
        assertInterval(.0624, .1605, Binomial.wilson(15, 148, .95));
        assertInterval(0, .1611, Binomial.wilson(0, 20, .95));
        assertInterval(.0061, .1718, Binomial.wilson(1, 29, .95));
    }

    @Test
    void the_exact_bound_matches_published_values() {
        // Newcombe (1998), Clopper–Pearson, two-sided 95 %: 81 of 263 is (.2527, .3676), 1 of 29 is (.0009, .1776).
        assertEquals(.2527, Binomial.lowerBound(81, 263, .025), 5e-5);
        assertEquals(.3676, Binomial.upperBound(81, 263, .025), 5e-5);
        assertEquals(.0009, Binomial.lowerBound(1, 29, .025), 5e-5);
        assertEquals(.1776, Binomial.upperBound(1, 29, .025), 5e-5);
    }

    @Test
    void all_right_is_bounded_by_the_root_of_alpha() {
        assertEquals(Math.pow(.05, 1 / 80.0), Binomial.lowerBound(80, 80, .05), 1e-9);
        assertEquals(0, Binomial.lowerBound(0, 80, .05));
    }

    @Test
    void tails_of_large_samples_neither_overflow_nor_vanish() {
        assertEquals(.5, Binomial.atLeast(50_000, 100_000, .5), .002);
        assertEquals(1, Binomial.atLeast(10, 100_000, .5), 1e-12);
    }

    @Test
    void normal_quantiles_match_the_table() {
        assertEquals(1.959964, Binomial.normalQuantile(.975), 1e-6);
        assertEquals(-2.575829, Binomial.normalQuantile(.005), 1e-6);
        assertEquals(0, Binomial.normalQuantile(.5), 1e-9);
    }

    @Test
    void the_exact_bound_lies_above_the_truth_at_most_as_often_as_it_may() {
        SplittableRandom random = new SplittableRandom(3);
        int wrong = 0;
        for (int run = 0; run < 4_000; run++) {
            int successes = 0;
            for (int i = 0; i < 80; i++) {
                successes += random.nextDouble() < .9 ? 1 : 0;
            }
            wrong += Binomial.lowerBound(successes, 80, .05) > .9 ? 1 : 0;
        }
        assertTrue(wrong > 20, "a bound that is never wrong proves too little: " + wrong);
        assertTrue(wrong < 230, "wrong in %d of 4000".formatted(wrong));
    }

    private static void assertInterval(double low, double high, Interval interval) {
        assertEquals(low, interval.low(), 5e-5);
        assertEquals(high, interval.high(), 5e-5);
    }
}
