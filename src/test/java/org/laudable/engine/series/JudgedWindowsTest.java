package org.laudable.engine.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which windows a language model is asked about, and how far its word counts. */
class JudgedWindowsTest {

    @Test
    void only_what_stands_out_is_chosen_most_first_and_never_twice_within_a_window() {
        double[] statistics = new double[400];
        double[] probability = new double[400];
        statistics[100] = 8;
        statistics[101] = 7.9;
        statistics[104] = 3;
        statistics[300] = 5;
        statistics[200] = 2.4;
        probability[350] = .6;

        List<Standout> found = Standout.of(statistics, probability, 10);

        assertEquals(List.of(new Standout(100, 100, 105), new Standout(300, 300, 301), new Standout(350, 350, 351)), found);
        assertEquals(76, found.getFirst().begin());
        assertEquals(List.of(found.getFirst()), Standout.of(statistics, probability, 1));
        assertEquals(new Standout(1_100, 1_100, 1_105), found.getFirst().shifted(1_000));
    }

    @Test
    void a_long_stretch_is_cut_around_each_window() {
        double[] statistics = new double[200];
        java.util.Arrays.fill(statistics, 50, 120, 6);

        List<Standout> found = Standout.of(statistics, new double[200], 10);

        assertTrue(found.size() >= 2, found.toString());
        found.forEach(one -> assertTrue(one.to() - one.from() <= Standout.WINDOW, one.toString()));
    }

    @Test
    void a_judge_counts_as_far_as_answers_have_borne_it_out() {
        JudgeTrust good = JudgeTrust.UNKNOWN;
        JudgeTrust useless = JudgeTrust.UNKNOWN;
        for (int i = 0; i < 10; i++) {
            good = good.met(.9, true);
            useless = useless.met(i % 2 == 0 ? .9 : .1, true);
        }

        assertEquals(Math.log(2), JudgeTrust.UNKNOWN.weight(), 1e-12);
        assertEquals(Math.log(12), good.weight(), 1e-12);
        assertEquals(Math.log(7 / 6.0), useless.weight(), 1e-12);
        assertEquals(0, new JudgeTrust(0, 9).weight(), "one that is always wrong is not believed the other way round");
        assertEquals(2.5, new JudgeTrust(500, 500).weight());
        assertEquals(12 / 13.0, good.moved(.5, 1), 1e-9, "odds of 12 to 1");
        assertEquals(1 / 13.0, good.moved(.5, 0), 1e-9);
        assertEquals(.3, good.moved(.3, .5), 1e-9);
    }
}
