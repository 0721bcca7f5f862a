package org.laudable.anomaly;

import java.util.Optional;

/**
 * What the newest run has of a series, without the model itself.
 *
 * @param version    the round whose answers are in it; 0: the unsupervised prior
 * @param answersKey which answers and events it has learned from
 * @param trainings  rounds of answers of this series
 * @param lambda     λ_c for its next training
 * @param missCost   the operating point its flagged stretches were cut at
 * @param anchor     the score from which it flags at the usual costs; 0 before there are answers
 */
record FittedSeries(long seriesId, long projectId, long runId, int version, Optional<Unfit> unfit, String settings, long answersKey,
        int trainings, double lambda, double missCost, long fitMillis, double anchor) {

    boolean fitted() {
        return unfit.isEmpty();
    }
}
