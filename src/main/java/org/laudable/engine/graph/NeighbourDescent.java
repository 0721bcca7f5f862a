package org.laudable.engine.graph;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.linear.MatrixProduct;

/**
 * Approximate nearest neighbours by NN-descent (Dong, Charikar and Li, 2011): start from random lists, then let the
 * neighbours of a neighbour propose themselves until hardly any list changes. Deterministic for a seed.
 */
public final class NeighbourDescent {

    private static final int SAMPLE = 12;
    private static final int MAX_ROUNDS = 12;
    private static final double STOP_SHARE = 0.001;

    private final FloatMatrix rows;
    private final int n;
    private final int k;
    private final int[] index;
    private final float[] similarity;
    private final boolean[] fresh;
    private final SplittableRandom random;
    private final float[] scratch = new float[16];

    private NeighbourDescent(FloatMatrix rows, int k, long seed) {
        this.rows = rows;
        this.n = rows.rows();
        this.k = k;
        this.index = new int[n * k];
        this.similarity = new float[n * k];
        this.fresh = new boolean[n * k];
        this.random = new SplittableRandom(seed);
        Arrays.fill(index, -1);
        Arrays.fill(similarity, Float.NEGATIVE_INFINITY);
    }

    /** About the k nearest other rows of each unit row. */
    public static Neighbours among(FloatMatrix unitRows, int k, long seed) {
        if (unitRows.rows() <= k + 1) {
            return NearestNeighbours.among(unitRows, k);
        }
        NeighbourDescent search = new NeighbourDescent(unitRows, k, seed);
        search.start();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            if (search.improve() < STOP_SHARE * search.index.length) {
                break;
            }
        }
        return new Neighbours(k, search.index, search.similarity);
    }

    private void start() {
        for (int i = 0; i < n; i++) {
            int filled = 0;
            while (filled < k) {
                int j = random.nextInt(n);
                if (j != i && propose(i, j, cosine(i, j))) {
                    filled++;
                }
            }
        }
    }

    /** One round: joins new with new and new with old neighbours, both ways round; returns the number of changes. */
    private long improve() {
        int[] newer = new int[n * SAMPLE * 2];
        int[] older = new int[n * SAMPLE * 2];
        int[] newCount = new int[n];
        int[] oldCount = new int[n];
        int[] newReverse = new int[n];
        int[] oldReverse = new int[n];
        for (int i = 0; i < n; i++) {
            int taken = 0;
            for (int e = i * k; e < (i + 1) * k; e++) {
                if (!fresh[e]) {
                    if (oldCount[i] < SAMPLE) {
                        older[i * SAMPLE * 2 + oldCount[i]++] = index[e];
                    }
                } else if (taken < SAMPLE) {
                    taken++;
                    fresh[e] = false;
                    newer[i * SAMPLE * 2 + newCount[i]++] = index[e];
                }
            }
        }
        int[] forwardNew = newCount.clone();
        int[] forwardOld = oldCount.clone();
        for (int i = 0; i < n; i++) {
            reverse(newer, forwardNew[i], newCount, newReverse, i, forwardNew);
            reverse(older, forwardOld[i], oldCount, oldReverse, i, forwardOld);
        }
        long changes = 0;
        for (int i = 0; i < n; i++) {
            int o = i * SAMPLE * 2;
            for (int a = 0; a < newCount[i]; a++) {
                for (int b = a + 1; b < newCount[i]; b++) {
                    changes += join(newer[o + a], newer[o + b]);
                }
                for (int b = 0; b < oldCount[i]; b++) {
                    changes += join(newer[o + a], older[o + b]);
                }
            }
        }
        return changes;
    }

    /** Enters i as a reverse neighbour of its list's rows, a random sample where there are too many. */
    private void reverse(int[] lists, int own, int[] count, int[] seen, int i, int[] forward) {
        for (int e = 0; e < own; e++) {
            int j = lists[i * SAMPLE * 2 + e];
            seen[j]++;
            if (count[j] - forward[j] < SAMPLE) {
                lists[j * SAMPLE * 2 + count[j]++] = i;
            } else {
                int at = random.nextInt(seen[j]);
                if (at < SAMPLE) {
                    lists[j * SAMPLE * 2 + forward[j] + at] = i;
                }
            }
        }
    }

    private int join(int a, int b) {
        if (a == b) {
            return 0;
        }
        float cos = cosine(a, b);
        return (propose(a, b, cos) ? 1 : 0) + (propose(b, a, cos) ? 1 : 0);
    }

    private boolean propose(int i, int j, float cos) {
        int from = i * k;
        int last = from + k - 1;
        if (cos <= similarity[last]) {
            return false;
        }
        for (int e = from; e <= last; e++) {
            if (index[e] == j) {
                return false;
            }
        }
        int at = last;
        while (at > from && similarity[at - 1] < cos) {
            similarity[at] = similarity[at - 1];
            index[at] = index[at - 1];
            fresh[at] = fresh[at - 1];
            at--;
        }
        similarity[at] = cos;
        index[at] = j;
        fresh[at] = true;
        return true;
    }

    private float cosine(int a, int b) {
        return MatrixProduct.dot(rows, a, rows, b, scratch);
    }
}
