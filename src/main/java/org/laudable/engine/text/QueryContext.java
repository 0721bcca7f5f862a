package org.laudable.engine.text;

import java.util.Arrays;
import java.util.BitSet;
import org.laudable.engine.linear.FloatMatrix;

/**
 * What a query strategy may look at.
 *
 * @param pool     the pool
 * @param scores   P of the current model, n × classes ({@link TaskModel#poolScores()}, or the pool's zero-shot)
 * @param labelled items that have an answer, ascending
 * @param excluded items not to ask for other reasons: the audit sample, items people hold or could not decide
 * @param seed     for strategies that draw; vary it by round
 */
public record QueryContext(CandidatePool pool, FloatMatrix scores, int[] labelled, BitSet excluded, long seed) {

    /** A context with nothing excluded. */
    public static QueryContext of(CandidatePool pool, FloatMatrix scores, TrainingLabels labels, long seed) {
        return new QueryContext(pool, scores, labels.items(), new BitSet(), seed);
    }

    /**
     * The items that may be asked, ascending: the first of each group of equal normalised texts, unless an item of the
     * group has an answer or is excluded.
     */
    public int[] candidates() {
        BitSet gone = new BitSet(pool.size());
        for (int item : labelled) {
            gone.set(pool.twinOf(item));
        }
        excluded.stream().filter(i -> i < pool.size()).forEach(i -> gone.set(pool.twinOf(i)));
        int[] items = new int[pool.size()];
        int n = 0;
        for (int i = 0; i < items.length; i++) {
            if (pool.twinOf(i) == i && !gone.get(i)) {
                items[n++] = i;
            }
        }
        return Arrays.copyOf(items, n);
    }
}
