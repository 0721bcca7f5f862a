package org.laudable.engine.text;

import java.util.Arrays;
import org.laudable.engine.graph.Diffusion;

/**
 * Asks for the typical, spread out over the pool: what has the most neighbours that no answer reaches yet. For the
 * first rounds of a loop without a zero-shot start (in the spirit of TypiClust, Hacohen et al., 2022).
 */
final class TypicalityQuery implements QueryStrategy {

    @Override
    public String name() {
        return "typicality";
    }

    @Override
    public int[] select(QueryContext context, int batch) {
        float[] uncovered = new float[context.pool().size()];
        Arrays.fill(uncovered, 1f);
        for (int item : context.labelled()) {
            InfluenceQuery.settle(Diffusion.standard(), context.pool().graph(), uncovered, item);
        }
        return InfluenceQuery.pick(context.pool().graph(), uncovered, context.candidates(), batch);
    }
}
