package org.laudable.engine.text;

import java.util.Arrays;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.linear.MatrixProduct;

/**
 * Takes the five times too many items with the smallest margins and keeps those that lie furthest from each other,
 * weighted by their doubt (greedy k-means++ over the vectors), so that a batch is not ten copies.
 */
final class MarginDiverseQuery implements QueryStrategy {

    private static final int OVERSAMPLING = 5;

    @Override
    public String name() {
        return "margin-diverse";
    }

    @Override
    public int[] select(QueryContext context, int batch) {
        int[] shortlist = Ranking.top(context.candidates(), OVERSAMPLING * batch,
                item -> Uncertainty.MARGIN.of(context.scores(), item));
        int[] picked = new int[Math.min(batch, shortlist.length)];
        FloatMatrix x = context.pool().vectors().select(shortlist);
        float[] distance = new float[shortlist.length];
        Arrays.fill(distance, 2f);
        float[] scratch = new float[16];
        for (int k = 0; k < picked.length; k++) {
            int best = 0;
            float bestValue = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < shortlist.length; i++) {
                float value = distance[i] < 0 ? distance[i] : distance[i] * Uncertainty.MARGIN.of(context.scores(), shortlist[i]);
                if (value > bestValue) {
                    best = i;
                    bestValue = value;
                }
            }
            picked[k] = shortlist[best];
            for (int i = 0; i < shortlist.length; i++) {
                distance[i] = distance[i] < 0 ? -1 : Math.min(distance[i], Math.max(0, 1 - MatrixProduct.dot(x, i, x, best, scratch)));
            }
            distance[best] = -1;
        }
        return picked;
    }
}
