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
 * @param parts   what is switched on
 */
public record LearnerSettings(Loss loss, double gamma, CostMatrix costs, Network network, int window, int steps, Set<Switch> parts) {

    public LearnerSettings {
        parts = Set.copyOf(parts);
        if (!(gamma >= 0 && gamma < 1) || window < 2 || window > 256 || steps < 1) {
            throw new IllegalArgumentException("Learning needs 0 ≤ γ < 1, a window of 2 to 256 points and at least one step");
        }
    }

    /** The default: reward-weighted loss, every part on. */
    public static LearnerSettings laudable() {
        return new LearnerSettings(Loss.REWARD_WEIGHTED, 0, CostMatrix.symmetric(), Network.LSTM, 25, 300, EnumSet.allOf(Switch.class));
    }

    /**
     * The published method: Q-regression from a replay memory with γ = .96, rewards R₁ + λ·e + F, the bare window as
     * state, propagated labels at full weight, no teacher.
     */
    public static LearnerSettings paper() {
        return new LearnerSettings(Loss.REPLAYED_Q, .96, CostMatrix.published(), Network.LSTM, 25, 300,
                EnumSet.of(Switch.POTENTIAL, Switch.VAE, Switch.LAMBDA, Switch.PROPAGATION));
    }

    public boolean has(Switch part) {
        return parts.contains(part);
    }

    public LearnerSettings without(Switch part) {
        EnumSet<Switch> rest = EnumSet.noneOf(Switch.class);
        rest.addAll(parts);
        rest.remove(part);
        return new LearnerSettings(loss, gamma, costs, network, window, steps, rest);
    }

    public LearnerSettings with(Loss other, double discount) {
        return new LearnerSettings(other, discount, costs, network, window, steps, parts);
    }

    public LearnerSettings with(Network other, int points) {
        return new LearnerSettings(loss, gamma, costs, other, points, steps, parts);
    }
}
