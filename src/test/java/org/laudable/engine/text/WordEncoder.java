package org.laudable.engine.text;

import java.util.Locale;
import java.util.SplittableRandom;

/** A stand-in for a language model: each word has a random direction, a text is the sum of its words. */
final class WordEncoder implements TextEncoder {

    private static final int DIMENSION = 48;

    @Override
    public String modelId() {
        return "words";
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public float[] encode(String text) {
        float[] v = new float[DIMENSION];
        v[0] = .1f;
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
            SplittableRandom random = new SplittableRandom(word.hashCode());
            for (int j = 0; j < DIMENSION; j++) {
                v[j] += (float) random.nextGaussian();
            }
        }
        double norm = Math.sqrt(org.laudable.engine.linear.MatrixProduct.dot(v, v));
        for (int j = 0; j < DIMENSION; j++) {
            v[j] /= (float) norm;
        }
        return v;
    }

    @Override
    public void close() {
    }
}
