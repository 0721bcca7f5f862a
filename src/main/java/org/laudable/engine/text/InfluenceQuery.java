package org.laudable.engine.text;

import org.laudable.engine.graph.Diffusion;
import org.laudable.engine.graph.NeighbourGraph;

/**
 * The default: asks where an answer settles the most doubt around it (ENGINES §1.3b, step 6). With u = 1 − margin(P),
 * it picks the largest u·INF(u), takes away the doubt that this answer will settle, u ← u·(1 − h), and goes on until
 * the batch is full, so a batch never holds ten copies of one question.
 */
final class InfluenceQuery implements QueryStrategy {

    static final String NAME = "influence";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int[] select(QueryContext context, int batch) {
        float[] doubt = new float[context.pool().size()];
        for (int i = 0; i < doubt.length; i++) {
            doubt[i] = Uncertainty.MARGIN.of(context.scores(), i);
        }
        return pick(context.pool().graph(), doubt, context.candidates(), batch);
    }

    /** The greedy choice by u·INF(u); changes {@code doubt}. */
    static int[] pick(NeighbourGraph graph, float[] doubt, int[] candidates, int batch) {
        Diffusion diffusion = Diffusion.standard();
        int[] picked = new int[Math.min(batch, candidates.length)];
        boolean[] taken = new boolean[doubt.length];
        for (int k = 0; k < picked.length; k++) {
            float[] settled = diffusion.apply(graph, doubt);
            int best = -1;
            for (int i : candidates) {
                if (!taken[i] && (best < 0 || doubt[i] * settled[i] > doubt[best] * settled[best])) {
                    best = i;
                }
            }
            picked[k] = best;
            taken[best] = true;
            settle(diffusion, graph, doubt, best);
        }
        return picked;
    }

    /** u ← u·(1 − h), where h is the item's reach, 1 at the item itself and at its most reached neighbour. */
    static void settle(Diffusion diffusion, NeighbourGraph graph, float[] doubt, int item) {
        float[] reach = new float[doubt.length];
        reach[item] = 1;
        reach = diffusion.apply(graph, reach);
        reach[item] = 0;
        float max = 1e-9f;
        for (float r : reach) {
            max = Math.max(max, r);
        }
        for (int i = 0; i < doubt.length; i++) {
            doubt[i] *= 1 - reach[i] / max;
        }
        doubt[item] = 0;
    }
}
