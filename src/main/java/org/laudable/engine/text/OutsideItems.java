package org.laudable.engine.text;

import org.laudable.engine.graph.NeighbourGraph;
import org.laudable.engine.graph.Neighbours;
import org.laudable.engine.linear.CsrMatrix;
import org.laudable.engine.linear.FloatMatrix;

/**
 * Texts outside a pool, prepared for prediction. Where the pool's items have a spread distribution F, these take
 * α·Σ wᵢⱼFⱼ over their nearest pool items + (1 − α)·their base row (ENGINES §1.3b, step 3). Immutable.
 */
public final class OutsideItems {

    private final FloatMatrix vectors;
    private final CsrMatrix features;
    private final CsrMatrix weights;
    private final FloatMatrix zeroShot;
    private final float alpha;

    private OutsideItems(FloatMatrix vectors, CsrMatrix features, CsrMatrix weights, float alpha, FloatMatrix zeroShot) {
        this.vectors = vectors;
        this.features = features;
        this.weights = weights;
        this.alpha = alpha;
        this.zeroShot = zeroShot;
    }

    static OutsideItems of(FloatMatrix vectors, CsrMatrix features, Neighbours neighbours, FloatMatrix prior, PoolReference pool) {
        CsrMatrix weights = weights(neighbours, pool.settings().power(), pool.vectors().rows());
        float alpha = pool.settings().spreading().alpha();
        return new OutsideItems(vectors, features, weights, alpha, mix(weights, alpha, pool.zeroShot(), prior));
    }

    private static CsrMatrix weights(Neighbours neighbours, int power, int poolSize) {
        int n = neighbours.size();
        int k = neighbours.k();
        int[] start = new int[n + 1];
        float[] value = new float[n * k];
        for (int i = 0; i < n; i++) {
            start[i + 1] = start[i] + k;
            double sum = 0;
            for (int e = i * k; e < (i + 1) * k; e++) {
                value[e] = NeighbourGraph.weight(neighbours.similarity()[e], power);
                sum += value[e];
            }
            for (int e = i * k; e < (i + 1) * k; e++) {
                value[e] = sum > 1e-9 ? (float) (value[e] / sum) : 1f / k;
            }
        }
        return new CsrMatrix(n, poolSize, start, neighbours.index().clone(), value);
    }

    private static FloatMatrix mix(CsrMatrix weights, float alpha, FloatMatrix spread, FloatMatrix base) {
        FloatMatrix out = base.copy();
        for (int i = 0; i < out.data().length; i++) {
            out.data()[i] *= 1 - alpha;
        }
        weights.addProduct(alpha, spread, out);
        return out.normalizeRows();
    }

    /** Number of texts. */
    public int size() {
        return vectors.rows();
    }

    /** F₀ of these texts, m × classes. Read-only. */
    public FloatMatrix zeroShot() {
        return zeroShot;
    }

    /** What these texts take from a distribution spread over the pool; {@code base} holds their own base rows. */
    FloatMatrix spreadFrom(FloatMatrix spreadOverPool, FloatMatrix base) {
        return mix(weights, alpha, spreadOverPool, base);
    }

    /** Centred unit vectors, m × d. Read-only. */
    public FloatMatrix vectors() {
        return vectors;
    }

    CsrMatrix features() {
        return features;
    }
}
