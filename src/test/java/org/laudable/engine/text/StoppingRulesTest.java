package org.laudable.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laudable.engine.linear.FloatMatrix;

class StoppingRulesTest {

    @Test
    void the_budget_stops_at_the_first_of_its_two_caps() {
        BudgetSpent rule = new BudgetSpent(5_000_000, 100);
        assertFalse(rule.check(List.of(round(99, 4_999_999, 0, 0, 0))).isPresent());
        assertTrue(rule.check(List.of(round(100, 0, 0, 0, 0))).isPresent());
        assertTrue(rule.check(List.of(round(1, 5_000_000, 0, 0, 0))).isPresent());
        assertTrue(rule.check(List.of()).isEmpty());
    }

    @Test
    void the_target_needs_proof_and_later_tests_need_more_of_it() {
        TargetReached rule = new TargetReached(.9);
        RoundSummary now = round(50, 1, 97, 100, 0);
        assertTrue(rule.check(List.of(now)).isPresent(), "one-sided 97 of 100 at 3 % shows more than 90 %");
        List<RoundSummary> tenth = new ArrayList<>(java.util.Collections.nCopies(9, round(10, 1, 50, 100, 0)));
        tenth.add(now);
        assertFalse(rule.check(tenth).isPresent());
        assertFalse(rule.check(List.of(round(50, 1, 0, 0, 0))).isPresent());
        double all = 0;
        for (int k = 1; k < 100_000; k++) {
            all += TargetReached.alpha(k);
        }
        assertEquals(.05, all, 1e-5);
    }

    @Test
    void a_run_just_below_its_target_is_stopped_by_mistake_in_at_most_one_of_twenty() {
        SplittableRandom random = new SplittableRandom(8);
        TargetReached rule = new TargetReached(.9);
        int mistakes = 0;
        for (int run = 0; run < 400; run++) {
            List<RoundSummary> history = new ArrayList<>();
            int correct = 0;
            int total = 0;
            boolean stopped = false;
            for (int k = 0; k < 30 && !stopped; k++) {
                for (int i = 0; i < 10; i++) {
                    total++;
                    correct += random.nextDouble() < .9 ? 1 : 0;
                }
                history.add(round(total, 1, correct, total, 0));
                stopped = rule.check(history).isPresent();
            }
            mistakes += stopped ? 1 : 0;
        }
        assertTrue(mistakes <= 20, mistakes + " of 400");
    }

    @Test
    void predictions_must_be_stable_for_several_rounds_running() {
        PredictionsStable rule = PredictionsStable.standard();
        RoundSummary calm = round(1, 1, 0, 0, .995);
        RoundSummary moving = round(1, 1, 0, 0, .98);
        RoundSummary first = round(1, 1, 0, 0, Double.NaN);
        assertTrue(rule.check(List.of(first, calm, calm, calm)).isPresent());
        assertFalse(rule.check(List.of(first, calm, calm)).isPresent());
        assertFalse(rule.check(List.of(first, calm, calm, moving)).isPresent());
        assertFalse(rule.check(List.of(calm, calm, moving, calm, calm)).isPresent());
    }

    @Test
    void agreement_is_taken_on_a_fixed_sample() {
        int[] sample = PredictionsStable.sample(1_000, 200, 4);
        assertEquals(200, java.util.Arrays.stream(sample).distinct().count());
        assertEquals(java.util.Arrays.toString(sample), java.util.Arrays.toString(PredictionsStable.sample(1_000, 200, 4)));
        FloatMatrix a = new FloatMatrix(4, 2);
        FloatMatrix b = new FloatMatrix(4, 2);
        for (int i = 0; i < 4; i++) {
            a.set(i, i % 2, 1);
            b.set(i, i == 3 ? 0 : i % 2, 1);
        }
        assertEquals(1, PredictionsStable.agreement(a, b, new int[] {0, 1, 2}), 1e-9);
        assertEquals(.5, PredictionsStable.agreement(a, b, new int[] {0, 1, 2, 3}), 1e-9);
    }

    @Test
    void a_flat_curve_stops_for_its_price_and_a_steep_one_goes_on() {
        // A label costs 0.1; from 400 labels on, a hundred more bring 2 points (steep) or almost none (flat).
        assertFalse(new GainBelowFloor(.1, 100, 3).check(curve(.5, .62, .70, .76)).isPresent());
        assertTrue(new GainBelowFloor(.1, 100, 3).check(curve(.5, .80, .805, .806)).isPresent());
        assertFalse(new GainBelowFloor(.1, 100, 3).check(curve(.5, .80)).isPresent(), "two points make no curve");
    }

    @Test
    void the_first_rule_that_fires_is_the_reason() {
        List<StoppingRule> rules = List.of(new TargetReached(.99), new BudgetSpent(Long.MAX_VALUE, 10), PredictionsStable.standard());
        assertEquals("budget", StoppingRule.first(rules, List.of(round(10, 1, 1, 2, Double.NaN))).orElseThrow().rule());
        assertTrue(StoppingRule.first(rules, List.of(round(9, 1, 1, 2, Double.NaN))).isEmpty());
    }

    private static List<RoundSummary> curve(double... accuracy) {
        List<RoundSummary> history = new ArrayList<>();
        for (int i = 0; i < accuracy.length; i++) {
            int labels = 100 * (i + 1);
            history.add(round(labels, labels * 100_000L, (int) Math.round(1_000 * accuracy[i]), 1_000, 0));
        }
        return history;
    }

    private static RoundSummary round(int labels, long cost, int correct, int total, double kappa) {
        return new RoundSummary(labels, cost, correct, total, kappa);
    }
}
