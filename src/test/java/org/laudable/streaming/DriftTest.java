package org.laudable.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The population stability index by hand, and on scores that repeat. */
class DriftTest {

    @Test
    void the_index_is_that_of_the_textbook() {
        Drift drift = new Drift(new double[] {.5}, new double[] {.5, .5});
        double p = (80 + .5) / 101;
        double q = (20 + .5) / 101;
        assertEquals((p - .5) * Math.log(p / .5) + (q - .5) * Math.log(q / .5), drift.index(new int[] {80, 20}), 1e-12);
        assertEquals(0, drift.index(new int[] {50, 50}), 1e-12);
    }

    @Test
    void scores_of_the_same_kind_stay_far_below_the_mark_and_shifted_ones_pass_it() {
        Random random = new Random(1);
        Drift drift = Drift.of(random.doubles(4_000).map(u -> u * u).toArray());
        assertEquals(10, drift.shares().length);
        assertTrue(index(drift, random, 0) < .05);
        assertTrue(index(drift, random, .3) > Drift.SHIFTED);
    }

    @Test
    void scores_that_are_all_the_same_are_one_share() {
        double[] same = new double[500];
        Drift drift = Drift.of(same);
        assertEquals(1, drift.shares().length);
        assertEquals(0, drift.index(new int[] {1_000}), 1e-12);
        assertEquals(0, Drift.of(new double[0]).index(new int[] {1_000}), 1e-12);
    }

    private static double index(Drift drift, Random random, double shift) {
        int[] counts = new int[drift.shares().length];
        random.doubles(1_000).forEach(u -> counts[drift.share(u * u + shift)]++);
        return drift.index(counts);
    }
}
