package org.laudable.engine.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A solved toy process: what γ can change, and what it cannot. */
class DiscountTest {

    private static final double[][] REWARD = {{1, -1}, {-5, 5}, {1, -1}, {-5, 5}};

    /** Values of both actions in four states, by iteration; {@code next[s][a]} is where an action leads. */
    private static double[][] solve(int[][] next, double[][] reward, double gamma) {
        double[][] q = new double[reward.length][2];
        for (int k = 0; k < 2000; k++) {
            double[][] better = new double[q.length][2];
            for (int s = 0; s < q.length; s++) {
                for (int a = 0; a < 2; a++) {
                    double[] after = q[next[s][a]];
                    better[s][a] = reward[s][a] + gamma * Math.max(after[0], after[1]);
                }
            }
            q = better;
        }
        return q;
    }

    @Test
    void where_the_next_window_does_not_depend_on_the_action_gamma_changes_no_advantage() {
        int[][] next = {{1, 1}, {2, 2}, {3, 3}, {0, 0}};
        for (double gamma : new double[] {0, .5, .96}) {
            double[][] q = solve(next, REWARD, gamma);
            for (int s = 0; s < q.length; s++) {
                assertEquals(REWARD[s][1] - REWARD[s][0], q[s][1] - q[s][0], 1e-9);
            }
        }
        assertTrue(solve(next, REWARD, .96)[0][0] > 50, "the values themselves do grow with γ, and must be regressed first");
    }

    @Test
    void where_an_action_leads_elsewhere_gamma_can_change_the_best_one() {
        // Flagging in state 0 costs 2 now and leads to state 1, which pays; not flagging leads back.
        int[][] next = {{0, 1}, {1, 1}, {2, 2}, {3, 3}};
        double[][] reward = {{1, -1}, {0, 5}, {0, 0}, {0, 0}};
        double[][] shortSighted = solve(next, reward, 0);
        double[][] farSighted = solve(next, reward, .96);
        assertTrue(shortSighted[0][0] > shortSighted[0][1]);
        assertTrue(farSighted[0][1] > farSighted[0][0]);
    }

    @Test
    void the_published_extras_change_both_rewards_alike() {
        Series series = SeriesUnderTest.bursts(1);
        Signals signals = SignalModel.fit(series, SeriesUnderTest.everything(), SeriesUnderTest.everything(), false, 1, TrainingWatch.NONE)
                .apply(series, Potential.statistical());
        LearnerSettings paper = LearnerSettings.paper();
        Rewards with = Rewards.of(signals, SeriesUnderTest.fewAnswers(), java.util.List.of(), paper, 1.7, signals.priorSurprise());
        LearnerSettings bare = paper.without(Switch.VAE).without(Switch.POTENTIAL);
        Rewards without = Rewards.of(signals, SeriesUnderTest.fewAnswers(), java.util.List.of(), bare, 1.7, signals.priorSurprise());
        boolean moved = false;
        for (int t = 0; t < signals.length(); t++) {
            assertEquals(without.advantage(t), with.advantage(t), 1e-5);
            moved |= Math.abs(with.flag()[t] - without.flag()[t]) > .1;
        }
        assertTrue(moved, "λ·e + F is really added");
    }
}
