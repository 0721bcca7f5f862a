package org.laudable.engine.series;

import java.util.EnumSet;
import java.util.Set;

/**
 * How a model is learned from answers.
 *
 * @param loss    the agent's loss
 * @param gamma   discount of the Q-regressions, in [0, 1)
 * @param costs   rewards R₁ of labelled states while training; the project's own costs act at the threshold
 * @param network the agent's network
 * @param window  W, points the agent sees
 * @param steps   gradient steps a round
 * @param temporal weight of a temporal-difference term beside the reward-weighted loss, at most .1; 0 is none
 * @param lookAhead whether the potential is look-ahead advice, acted upon by argmax(Q + Φ): an ablation
 * @param parts   what is switched on
 */
public record LearnerSettings(Loss loss, double gamma, CostMatrix costs, Network network, int window, int steps, double temporal,
        boolean lookAhead, Set<Switch> parts) {

    public LearnerSettings {
        parts = Set.copyOf(parts);
        if (!(gamma >= 0 && gamma < 1) || window < 2 || window > 256 || steps < 1 || temporal < 0 || temporal > .1) {
            throw new IllegalArgumentException("Learning needs 0 ≤ γ < 1, a window of 2 to 256 points, at least one step and a temporal term of at most .1");
        }
    }

    /** The default: reward-weighted loss, every part on. */
    public static LearnerSettings laudable() {
        return new LearnerSettings(Loss.REWARD_WEIGHTED, 0, CostMatrix.symmetric(), Network.LSTM, 25, 300, 0, false, EnumSet.allOf(Switch.class));
    }

    /**
     * The published method: Q-regression from a replay memory with γ = .96, rewards R₁ + λ·e + F, the bare window as
     * state, propagated labels at full weight, no teacher.
     */
    public static LearnerSettings paper() {
        return new LearnerSettings(Loss.REPLAYED_Q, .96, CostMatrix.published(), Network.LSTM, 25, 300, 0, false,
                EnumSet.of(Switch.POTENTIAL, Switch.VAE, Switch.LAMBDA, Switch.PROPAGATION));
    }

    public boolean has(Switch part) {
        return parts.contains(part);
    }

    public LearnerSettings without(Switch part) {
        EnumSet<Switch> rest = EnumSet.noneOf(Switch.class);
        rest.addAll(parts);
        rest.remove(part);
        return new LearnerSettings(loss, gamma, costs, network, window, steps, temporal, lookAhead, rest);
    }

    public LearnerSettings with(Loss other, double discount) {
        return new LearnerSettings(other, discount, costs, network, window, steps, temporal, lookAhead, parts);
    }

    public LearnerSettings with(Network other, int points) {
        return new LearnerSettings(loss, gamma, costs, other, points, steps, temporal, lookAhead, parts);
    }

    /** With a temporal-difference term of this weight and discount. */
    public LearnerSettings withTemporal(double weight, double discount) {
        return new LearnerSettings(loss, discount, costs, network, window, steps, weight, lookAhead, parts);
    }

    /** With the potential as look-ahead advice in place of a prior on the decision. */
    public LearnerSettings withLookAhead() {
        return new LearnerSettings(loss, gamma, costs, network, window, steps, temporal, true, parts);
    }
}
