package org.laudable.engine.series;

/**
 * Dynamic scaling (ENGINES §2.5): λ_c grows while the greedy policy earns less than its target on what people labelled,
 * and shrinks when it earns more.
 *
 * @param lambda λ_c, in [.1, 2]
 */
public record RewardScaling(double lambda) {

    private static final double RATE = .05;
    private static final double TARGET = .9;
    private static final int RAMP = 5;

    public RewardScaling {
        lambda = Math.clamp(lambda, .1, 2);
    }

    public static RewardScaling start() {
        return new RewardScaling(1);
    }

    /**
     * After an episode.
     *
     * @param reward mean R₁ of the greedy policy on the labelled states, divided by the largest it could be
     */
    public RewardScaling after(double reward) {
        return new RewardScaling(lambda + RATE * (TARGET - reward));
    }

    /** min(1, rounds / 5). */
    public static double ramp(int rounds) {
        return Math.min(1, rounds / (double) RAMP);
    }

    /** β = 1 − ramp: how much novelty counts in what is asked. */
    public static double beta(int rounds) {
        return 1 - ramp(rounds);
    }
}
