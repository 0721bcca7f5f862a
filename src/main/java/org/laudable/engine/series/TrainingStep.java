package org.laudable.engine.series;

/**
 * Where a training stands: a point on each of its curves.
 *
 * @param phase         what is computed: {@code vae}, {@code signals}, {@code graph}, {@code agent} or {@code teacher}
 * @param step          steps done in this phase
 * @param steps         steps it will take at most
 * @param loss          the batch's loss; NaN where nothing is optimised
 * @param episodeReward mean reward R₁ of the greedy policy on labelled states over the largest possible; NaN outside the
 *                      agent's training and before answers
 * @param lambda        λ, how much the unsupervised signal counts; NaN outside the agent's training
 * @param beta          β, the share of novelty in what is asked; NaN outside the agent's training
 * @param epsilon       ε, the share of actions taken at random: 0 where both rewards are known, NaN outside the agent's training
 */
public record TrainingStep(String phase, int step, int steps, double loss, double episodeReward, double lambda, double beta,
        double epsilon) {

    /** A step of something that has no agent in it. */
    static TrainingStep of(String phase, int step, int steps, double loss) {
        return new TrainingStep(phase, step, steps, loss, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
