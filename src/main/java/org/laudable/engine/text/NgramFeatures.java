package org.laudable.engine.text;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.laudable.engine.linear.CsrMatrix;

/** The surface features of a text beside its vector: TF-IDF of word and of character n-grams, half the weight each. */
final class NgramFeatures {

    private static final float WEIGHT = (float) Math.sqrt(0.5);

    private final TfIdf words;
    private final TfIdf characters;

    private NgramFeatures(TfIdf words, TfIdf characters) {
        this.words = words;
        this.characters = characters;
    }

    static NgramFeatures fit(List<String> texts, int minTexts) {
        return new NgramFeatures(TfIdf.fit(texts, TfIdf.Grams.WORDS, minTexts),
                TfIdf.fit(texts, TfIdf.Grams.CHARACTERS, minTexts + 1));
    }

    CsrMatrix transform(List<String> texts) {
        return sideBySide(words.transform(texts), characters.transform(texts));
    }

    /** Columns of a transformed text. */
    int columns() {
        return Math.max(1, words.size()) + Math.max(1, characters.size());
    }

    void write(DataOutput out) throws IOException {
        words.write(out);
        characters.write(out);
    }

    static NgramFeatures read(DataInput in) throws IOException {
        return new NgramFeatures(TfIdf.read(in, TfIdf.Grams.WORDS), TfIdf.read(in, TfIdf.Grams.CHARACTERS));
    }

    private static CsrMatrix sideBySide(CsrMatrix left, CsrMatrix right) {
        int n = left.rows();
        int[] start = new int[n + 1];
        int[] column = new int[left.entries() + right.entries()];
        float[] value = new float[column.length];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int e = left.start()[i]; e < left.start()[i + 1]; e++) {
                column[at] = left.column()[e];
                value[at++] = WEIGHT * left.value()[e];
            }
            for (int e = right.start()[i]; e < right.start()[i + 1]; e++) {
                column[at] = left.cols() + right.column()[e];
                value[at++] = WEIGHT * right.value()[e];
            }
            start[i + 1] = at;
        }
        return new CsrMatrix(n, left.cols() + right.cols(), start, column, value);
    }
}
