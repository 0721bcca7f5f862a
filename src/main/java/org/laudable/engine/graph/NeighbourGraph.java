package org.laudable.engine.graph;

import java.util.Arrays;
import org.laudable.engine.linear.CsrMatrix;
import org.laudable.engine.linear.FloatMatrix;

/**
 * A weighted, undirected neighbour graph, normalised as S = D^-½ W D^-½ (Zhou et al., 2004), where W joins each row
 * with its k nearest by weight max(cos, 0)^power, symmetrised by the larger of both directions, without self-loops.
 *
 * @param matrix S: symmetric, non-negative, eigenvalues in [-1, 1]
 */
public record NeighbourGraph(CsrMatrix matrix) {

    /** Above this many rows neighbours are searched by NN-descent instead of by all pairs. */
    public static final int EXACT_UP_TO = 20_000;

    /** Builds the graph of unit rows. The seed matters only above {@link #EXACT_UP_TO} rows. */
    public static NeighbourGraph of(FloatMatrix unitRows, int k, int power, long seed) {
        if (unitRows.rows() == 1) {
            return new NeighbourGraph(new CsrMatrix(1, 1, new int[2], new int[0], new float[0]));
        }
        Neighbours neighbours = unitRows.rows() <= EXACT_UP_TO
                ? NearestNeighbours.among(unitRows, k)
                : NeighbourDescent.among(unitRows, k, seed);
        return of(neighbours, power);
    }

    /** Builds the graph from neighbour lists among the same rows. */
    public static NeighbourGraph of(Neighbours neighbours, int power) {
        int n = neighbours.size();
        int k = neighbours.k();
        int[] degree = new int[n + 1];
        for (int e = 0; e < neighbours.index().length; e++) {
            degree[e / k + 1]++;
            degree[neighbours.index()[e] + 1]++;
        }
        int[] start = degree.clone();
        for (int i = 0; i < n; i++) {
            start[i + 1] += start[i];
        }
        int[] fill = Arrays.copyOf(start, n);
        long[] entry = new long[start[n]];
        for (int e = 0; e < neighbours.index().length; e++) {
            int i = e / k;
            int j = neighbours.index()[e];
            long weight = Float.floatToRawIntBits(weight(neighbours.similarity()[e], power)) & 0xFFFFFFFFL;
            entry[fill[i]++] = (long) j << 32 | weight;
            entry[fill[j]++] = (long) i << 32 | weight;
        }
        return new NeighbourGraph(normalized(n, start, entry));
    }

    public int size() {
        return matrix.rows();
    }

    /** max(cos, 0)^power, the weight of an edge. */
    public static float weight(float cosine, int power) {
        double c = Math.max(cosine, 0);
        return (float) Math.pow(c, power);
    }

    /** Sorts each row, keeps the larger of two entries for a column, drops zeros, divides by the degrees' roots. */
    private static CsrMatrix normalized(int n, int[] from, long[] entry) {
        int[] start = new int[n + 1];
        int[] column = new int[entry.length];
        float[] value = new float[entry.length];
        double[] sum = new double[n];
        int at = 0;
        for (int i = 0; i < n; i++) {
            Arrays.sort(entry, from[i], from[i + 1]);
            for (int e = from[i]; e < from[i + 1]; e++) {
                int j = (int) (entry[e] >>> 32);
                float w = Float.intBitsToFloat((int) entry[e]);
                boolean sameAsNext = e + 1 < from[i + 1] && (int) (entry[e + 1] >>> 32) == j;
                if (!sameAsNext && w > 0 && j != i) {
                    column[at] = j;
                    value[at++] = w;
                    sum[i] += w;
                }
            }
            start[i + 1] = at;
        }
        for (int i = 0; i < n; i++) {
            for (int e = start[i]; e < start[i + 1]; e++) {
                value[e] = (float) (value[e] / Math.sqrt(Math.max(sum[i], 1e-9) * Math.max(sum[column[e]], 1e-9)));
            }
        }
        return new CsrMatrix(n, n, start, Arrays.copyOf(column, at), Arrays.copyOf(value, at));
    }
}
