package org.laudable.engine.text;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.laudable.engine.evaluation.CohensKappa;
import org.laudable.engine.linear.FloatMatrix;

/**
 * Stops when answers no longer change predictions (stabilising predictions, Bloodgood and Vijay-Shanker, 2009).
 *
 * @param kappa  agreement between successive models that counts as unchanged; .99 by default
 * @param rounds how many rounds in a row; 3 by default
 */
public record PredictionsStable(double kappa, int rounds) implements StoppingRule {

    public static PredictionsStable standard() {
        return new PredictionsStable(0.99, 3);
    }

    @Override
    public String name() {
        return "stable";
    }

    @Override
    public Optional<StopReason> check(List<RoundSummary> history) {
        if (history.size() < rounds
                || history.subList(history.size() - rounds, history.size()).stream().anyMatch(r -> !(r.kappa() >= kappa))) {
            return Optional.empty();
        }
        return Optional.of(new StopReason(name(), rounds));
    }

    /** A fixed random sample of a pool, the same every round, for {@link #agreement}. */
    public static int[] sample(int poolSize, int size, long seed) {
        return new SplittableRandom(seed).ints(0, poolSize).distinct().limit(Math.min(size, poolSize)).sorted().toArray();
    }

    /** κ between the predictions of two models of the same pool on a sample. */
    public static double agreement(FloatMatrix before, FloatMatrix after, int[] sample) {
        return CohensKappa.of(before.select(sample).argMax(), after.select(sample).argMax(), after.cols());
    }
}
