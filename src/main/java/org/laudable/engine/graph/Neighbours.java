package org.laudable.engine.graph;

/**
 * The k most similar rows of a reference set for each of n queries, most similar first; ties go to the smaller index.
 *
 * @param k          neighbours per query
 * @param index      {@code n × k} row numbers in the reference set
 * @param similarity {@code n × k} cosines, in [-1, 1]
 */
public record Neighbours(int k, int[] index, float[] similarity) {

    public Neighbours {
        if (k < 1 || index.length != similarity.length || index.length % k != 0) {
            throw new IllegalArgumentException("Neighbour lists do not fit k = " + k);
        }
    }

    /** Number of queries. */
    public int size() {
        return index.length / k;
    }
}
