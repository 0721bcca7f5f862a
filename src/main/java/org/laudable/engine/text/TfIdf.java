package org.laudable.engine.text;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.laudable.engine.linear.CsrMatrix;
import org.laudable.engine.saved.BoundedInput;

/**
 * TF-IDF of n-grams: sublinear term frequency 1 + ln(tf), idf ln((1 + n) / (1 + df)) + 1, rows of length 1. The
 * vocabulary is fixed when it is fitted; unknown n-grams are ignored. Immutable.
 */
public final class TfIdf {

    /** What is counted in a text. */
    public enum Grams {
        /** Single words and pairs of neighbouring words. */
        WORDS {
            @Override
            List<String> of(String text) {
                List<String> words = words(text);
                List<String> grams = new ArrayList<>(words);
                for (int i = 0; i + 1 < words.size(); i++) {
                    grams.add(words.get(i) + ' ' + words.get(i + 1));
                }
                return grams;
            }
        },
        /** Three to five characters inside a word, its edges marked by blanks. */
        CHARACTERS {
            @Override
            List<String> of(String text) {
                List<String> grams = new ArrayList<>();
                for (String word : words(text)) {
                    String padded = ' ' + word + ' ';
                    for (int size = 3; size <= 5; size++) {
                        for (int i = 0; i + size <= padded.length(); i++) {
                            grams.add(padded.substring(i, i + size));
                        }
                    }
                }
                return grams;
            }
        };

        abstract List<String> of(String text);
    }

    private static final int MAX_CHARACTERS = 8_000;

    private final Grams grams;
    private final Map<String, Integer> vocabulary;
    private final float[] idf;

    private TfIdf(Grams grams, Map<String, Integer> vocabulary, float[] idf) {
        this.grams = grams;
        this.vocabulary = vocabulary;
        this.idf = idf;
    }

    /** Learns the vocabulary: the n-grams of at least {@code minTexts} texts. */
    public static TfIdf fit(List<String> texts, Grams grams, int minTexts) {
        Map<String, int[]> counts = new HashMap<>();
        for (String text : texts) {
            for (String gram : grams.of(text).stream().distinct().toList()) {
                counts.computeIfAbsent(gram, g -> new int[1])[0]++;
            }
        }
        List<String> kept = counts.entrySet().stream().filter(e -> e.getValue()[0] >= minTexts)
                .map(Map.Entry::getKey).sorted().toList();
        Map<String, Integer> vocabulary = HashMap.newHashMap(kept.size());
        float[] idf = new float[kept.size()];
        for (int i = 0; i < idf.length; i++) {
            vocabulary.put(kept.get(i), i);
            idf[i] = (float) (Math.log((1.0 + texts.size()) / (1.0 + counts.get(kept.get(i))[0])) + 1);
        }
        return new TfIdf(grams, vocabulary, idf);
    }

    /** Number of n-grams in the vocabulary. */
    public int size() {
        return idf.length;
    }

    /** One sparse row per text. */
    public CsrMatrix transform(List<String> texts) {
        int[] start = new int[texts.size() + 1];
        int[] column = new int[1024];
        float[] value = new float[1024];
        int at = 0;
        for (int i = 0; i < texts.size(); i++) {
            TreeMap<Integer, Integer> count = new TreeMap<>();
            for (String gram : grams.of(texts.get(i))) {
                Integer c = vocabulary.get(gram);
                if (c != null) {
                    count.merge(c, 1, Integer::sum);
                }
            }
            if (at + count.size() > column.length) {
                int larger = Math.max(column.length * 2, at + count.size());
                column = Arrays.copyOf(column, larger);
                value = Arrays.copyOf(value, larger);
            }
            double norm = 0;
            for (Map.Entry<Integer, Integer> e : count.entrySet()) {
                column[at] = e.getKey();
                value[at] = (float) ((1 + Math.log(e.getValue())) * idf[e.getKey()]);
                norm += (double) value[at] * value[at];
                at++;
            }
            for (int e = start[i]; e < at; e++) {
                value[e] *= (float) (1 / Math.sqrt(norm));
            }
            start[i + 1] = at;
        }
        return new CsrMatrix(texts.size(), Math.max(1, size()), start, Arrays.copyOf(column, at), Arrays.copyOf(value, at));
    }

    /** The n-grams in the order of their columns, each with its weight. */
    void write(DataOutput out) throws IOException {
        String[] inOrder = new String[idf.length];
        vocabulary.forEach((gram, column) -> inOrder[column] = gram);
        out.writeInt(idf.length);
        for (int i = 0; i < idf.length; i++) {
            out.writeInt(inOrder[i].length());
            out.writeChars(inOrder[i]); // UTF-16, for an n-gram may end inside a pair of surrogates
            out.writeFloat(idf[i]);
        }
    }

    static TfIdf read(DataInput in, Grams grams) throws IOException {
        int n = BoundedInput.length(in, Integer.BYTES + Float.BYTES);
        Map<String, Integer> vocabulary = HashMap.newHashMap(n);
        float[] idf = new float[n];
        for (int i = 0; i < n; i++) {
            char[] gram = new char[BoundedInput.length(in, Character.BYTES)];
            for (int c = 0; c < gram.length; c++) {
                gram[c] = in.readChar();
            }
            vocabulary.put(new String(gram), i);
            idf[i] = in.readFloat();
        }
        return new TfIdf(grams, vocabulary, idf);
    }

    private static List<String> words(String text) {
        String lower = (text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text).toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= lower.length(); i++) {
            boolean inside = i < lower.length() && (Character.isLetterOrDigit(lower.charAt(i)) || lower.charAt(i) == '_'
                    || Character.isSurrogate(lower.charAt(i)));
            if (inside && from < 0) {
                from = i;
            } else if (!inside && from >= 0) {
                words.add(lower.substring(from, i));
                from = -1;
            }
        }
        return words;
    }
}
