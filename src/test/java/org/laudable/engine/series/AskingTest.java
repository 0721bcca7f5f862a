package org.laudable.engine.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is asked next, and where the decision lies. */
class AskingTest {

    private static final int N = 1000;

    /** A low floor with three plateaus of suspicion. */
    private static double[] plateaus() {
        double[] score = new double[N];
        for (int t = 0; t < N; t++) {
            score[t] = .01 * (t % 7);
        }
        Arrays.fill(score, 100, 130, .9);
        Arrays.fill(score, 400, 440, .8);
        Arrays.fill(score, 700, 720, .7);
        return score;
    }

    private static Acquisition.Situation situation(double beta, int budget) {
        boolean[] all = new boolean[N];
        Arrays.fill(all, true);
        return new Acquisition.Situation(plateaus(), .5, all, new double[N], new double[N], beta, 25, 250, budget);
    }

    @Test
    void finding_takes_the_top_of_each_segment_once() {
        int[] asked = Acquisition.FIND.select(situation(0, 30), new Answers(N), 3, 1);
        assertTrue(asked[0] >= 100 && asked[0] < 130, Arrays.toString(asked));
        assertTrue(asked[1] >= 400 && asked[1] < 440, Arrays.toString(asked));
        assertTrue(asked[2] >= 700 && asked[2] < 720, Arrays.toString(asked));
    }

    @Test
    void an_answered_segment_is_left_alone() {
        Answers answers = new Answers(N);
        answers.add(new Answer(110, 100, 112, true));
        int[] asked = Acquisition.FIND.select(situation(0, 30), answers, 2, 1);
        assertTrue(asked[0] >= 400 && asked[0] < 440, Arrays.toString(asked));
    }

    @Test
    void learning_draws_from_the_top_decile_and_every_fourth_from_the_plausible_half() {
        for (long seed = 0; seed < 20; seed++) {
            for (int t : Acquisition.LEARN.select(situation(0, 30), new Answers(N), 2, seed)) {
                assertTrue(plateaus()[t] >= .06, "point " + t);
            }
        }
        Answers three = new Answers(N);
        for (int t : new int[] {10, 200, 300}) {
            three.add(new Answer(t, t, t + 1, false));
        }
        int[] random = new int[40];
        for (int seed = 0; seed < random.length; seed++) {
            random[seed] = Acquisition.LEARN.select(situation(0, 30), three, 1, seed)[0];
        }
        assertTrue(Arrays.stream(random).anyMatch(t -> plateaus()[t] < .06));
        assertTrue(Arrays.stream(random).allMatch(t -> plateaus()[t] >= .03));
    }

    @Test
    void mixed_learns_first_and_finds_later() {
        Answers half = new Answers(N);
        for (int k = 0; k < 16; k++) {
            half.add(new Answer(900 + k, 900 + k, 901 + k, false));
        }
        int[] asked = Acquisition.MIXED.select(situation(0, 30), half, 1, 4);
        assertTrue(asked[0] >= 100 && asked[0] < 130, "answer 17 of 30 takes the top: " + asked[0]);
    }

    @Test
    void nothing_is_asked_twice_and_nothing_outside_what_may_be_asked() {
        boolean[] few = new boolean[N];
        few[5] = true;
        few[6] = true;
        Acquisition.Situation s = new Acquisition.Situation(plateaus(), .5, few, new double[N], new double[N], 0, 25, 250, 30);
        Answers answers = new Answers(N);
        answers.add(new Answer(5, 5, 6, false));
        assertArrayEquals(new int[] {6}, Acquisition.FIND.select(s, answers, 5, 1));
    }

    @Test
    void the_threshold_on_answers_weighs_hits_against_false_alarms() {
        double[] score = {.1, .2, .9, .8, .6, .1, .1, .5, .1, .1};
        boolean[] all = new boolean[score.length];
        Arrays.fill(all, true);
        Answers answers = new Answers(score.length);
        answers.add(new Answer(3, 2, 5, true));
        answers.add(new Answer(7, 6, 9, false));
        // At .5 all of the interval is hit beside one false alarm: F1 ⅔. From .62 to .8 two thirds of it and none: F1 .8.
        double threshold = OperatingPoint.onAnswers(score, answers, all);
        assertEquals(.8, threshold, 1e-6);
    }

    @Test
    void where_all_answers_are_normal_only_what_stands_above_them_is_flagged() {
        double[] score = {.1, .6, .2, .1, .9, .1};
        boolean[] past = {true, true, true, true, false, false};
        Answers normal = new Answers(score.length);
        normal.add(new Answer(1, 0, 3, false));
        assertEquals(.6, OperatingPoint.forScore(score, normal, past), 1e-9);
        assertEquals(.35, OperatingPoint.forScore(score, new Answers(score.length), past));
    }

    @Test
    void the_threshold_follows_a_level_that_rises_after_what_was_learned_from() {
        double[] score = new double[400];
        boolean[] past = new boolean[score.length];
        for (int t = 0; t < score.length; t++) {
            score[t] = (t < 250 ? .1 : .6) + .001 * (t % 7);
            past[t] = t < 200;
        }
        score[100] = .5;
        score[240] = .5;
        score[390] = .97;
        boolean[] flags = OperatingPoint.flags(score, .35, past);
        assertTrue(flags[100] && flags[240] && flags[255], "spikes and the first points of the new level");
        assertTrue(!flags[239] && !flags[380], "what is usual, then and now");
        assertTrue(flags[390], "a spike above the new level");
        Arrays.fill(past, true);
        assertTrue(OperatingPoint.flags(score, .35, past)[380], "where everything was learned from nothing follows");
    }

    @Test
    void costs_say_where_flagging_pays() {
        assertEquals(1 / 6.0, OperatingPoint.forCosts(CostMatrix.published()), 1e-12);
        assertEquals(.5, OperatingPoint.forCosts(CostMatrix.symmetric()), 1e-12);
    }

    @Test
    void a_number_beyond_everything_seen_still_ranks_among_its_like() {
        double[] sample = new double[1000];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = -Math.log(1 - (i + .5) / 1000);
        }
        Distribution d = Distribution.of(sample);
        assertEquals(.5, d.quantile(sample[500]), 1e-9);
        assertEquals(Math.exp(-9), d.tail(9), 5e-5);
        assertTrue(d.surprise(9) > d.surprise(sample[999]));
        assertTrue(d.surprise(12) > d.surprise(9));
        assertEquals(-Math.log(.5), d.surprise(sample[500]), 2e-3);
    }
}
