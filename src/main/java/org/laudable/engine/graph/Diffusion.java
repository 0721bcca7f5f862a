package org.laudable.engine.graph;

/**
 * INF of ENGINES §1.3b, step 6: what a value at each node sends along the graph, INF(v) = Σ_{t=0..steps} (β·S)^t v.
 *
 * @param beta  share that goes on at each step, in (0, 1)
 * @param steps number of steps
 */
public record Diffusion(float beta, int steps) {

    /** β = .8, four steps. */
    public static Diffusion standard() {
        return new Diffusion(.8f, 4);
    }

    /** A new array of one value per node. */
    public float[] apply(NeighbourGraph graph, float[] v) {
        float[] sum = v.clone();
        float[] x = v;
        float[] next = new float[v.length];
        for (int t = 0; t < steps; t++) {
            graph.matrix().multiply(x, next);
            for (int i = 0; i < sum.length; i++) {
                next[i] *= beta;
                sum[i] += next[i];
            }
            float[] swap = x == v ? new float[v.length] : x;
            x = next;
            next = swap;
        }
        return sum;
    }
}
