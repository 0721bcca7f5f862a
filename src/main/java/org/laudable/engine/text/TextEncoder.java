package org.laudable.engine.text;

import java.util.List;

/**
 * Turns texts into vectors of length 1 whose cosine says how alike two texts are. Safe for use by several threads; the
 * vector of a text depends on nothing but the text, so it can be kept under {@link #modelId()} and the text's
 * {@link NormalizedText#fingerprint() fingerprint} for ever.
 */
public interface TextEncoder extends AutoCloseable {

    /** Name and version of the model; vectors of different models must never be mixed. */
    String modelId();

    /** Floats per vector. */
    int dimension();

    /** The vector of one text, of {@link #dimension()} floats and length 1. An empty text has a vector too. */
    float[] encode(String text);

    /** {@link #encode(String)} of each text, in order. */
    default float[][] encodeAll(List<String> texts) {
        float[][] vectors = new float[texts.size()][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = encode(texts.get(i));
        }
        return vectors;
    }

    /** Frees what the model holds; encoding afterwards fails. */
    @Override
    void close();
}
