package org.laudable.engine.text.replay;

import java.util.List;
import org.laudable.engine.text.HeadSettings;
import org.laudable.engine.text.PoolSettings;

/**
 * What to replay.
 *
 * @param strategies  names of query strategies
 * @param starts      names of starts
 * @param checkpoints numbers of labels at which to score, ascending, not negative
 * @param seeds       how many seeds, counted from 0
 * @param batch       labels per round
 * @param testShare   share of the test part where the data has no official split
 * @param part        what to score
 * @param confirmPerClass answers per class that the {@code confirm} start asks for
 * @param poolSettings how pools are prepared
 * @param headSettings how the task model is trained
 * @param baselines    whether few-shot and everything-labelled are measured, too
 * @param oracle       who answers
 */
public record ReplayPlan(List<String> strategies, List<String> starts, List<Integer> checkpoints, int seeds, int batch,
        double testShare, ReplaySplit.Part part, int confirmPerClass, PoolSettings poolSettings, HeadSettings headSettings,
        boolean baselines, ReplayOracle oracle) {

    /** Answered by people. */
    public ReplayPlan(List<String> strategies, List<String> starts, List<Integer> checkpoints, int seeds, int batch, double testShare,
            ReplaySplit.Part part, int confirmPerClass, PoolSettings poolSettings, HeadSettings headSettings, boolean baselines) {
        this(strategies, starts, checkpoints, seeds, batch, testShare, part, confirmPerClass, poolSettings, headSettings, baselines,
                ReplayOracle.HUMAN);
    }

    public ReplayPlan {
        strategies = List.copyOf(strategies);
        starts = List.copyOf(starts);
        checkpoints = checkpoints.stream().distinct().sorted().toList();
        if (seeds < 1 || batch < 1 || checkpoints.isEmpty() || checkpoints.getFirst() < 0) {
            throw new IllegalArgumentException("A replay needs a seed, a batch of at least 1 and checkpoints from 0 on");
        }
        if (!(testShare > 0 && testShare < 1)) {
            throw new IllegalArgumentException("The test share lies between 0 and 1, not at " + testShare);
        }
    }
}
