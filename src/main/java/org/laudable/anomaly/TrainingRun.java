package org.laudable.anomaly;

import java.time.Instant;
import java.util.List;

/**
 * One training of one series.
 *
 * @param answers   it learned from
 * @param anomalies answers among them that found one
 * @param reward    episode reward of the finished agent, at most 1
 * @param lambda    λ: how much the unsupervised signal counted
 * @param beta      β: the share of novelty in what is asked
 */
public record TrainingRun(int round, long seriesId, String series, int answers, int anomalies, double reward, double lambda, double beta,
        List<Step> steps, long trainMillis, Instant trainedAt) {

    /** A point of the curves; null where nothing is known. */
    public record Step(int step, Double loss, Double reward, Double lambda, Double beta, Double epsilon) {}
}
