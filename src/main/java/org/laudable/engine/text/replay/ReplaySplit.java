package org.laudable.engine.text.replay;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.laudable.engine.text.NormalizedText;

/**
 * Which rows are asked about and which are scored.
 *
 * @param pool     rows that may be asked, the first of each normalised text
 * @param poolGold the answer the oracle gives for each: the most frequent label of that text in the pool's part
 * @param test     rows to score, all of them
 */
public record ReplaySplit(int[] pool, int[] poolGold, int[] test) {

    /** What is scored. */
    public enum Part {
        /** The test part, for reporting. */
        TEST,
        /** A fifth of the training part, which then leaves the pool: for choosing settings; the test part is unused. */
        DEV
    }

    private static final double DEV_SHARE = 0.2;

    /**
     * Splits by the official split where there is one ('test' is the test part), else by the hash of the normalised
     * text and the seed.
     *
     * @throws IllegalArgumentException if a part would be empty
     */
    public static ReplaySplit of(LabelledTexts data, double testShare, long seed, Part part) {
        NormalizedText[] texts = data.texts().stream().map(NormalizedText::of).toArray(NormalizedText[]::new);
        boolean[] test = new boolean[texts.length];
        for (int i = 0; i < test.length; i++) {
            test[i] = data.splits().isEmpty() ? texts[i].share("test " + seed) < testShare : data.splits().get(i).equalsIgnoreCase("test");
        }
        int[] training = IntStream.range(0, test.length).filter(i -> !test[i]).toArray();
        int[] scored = part == Part.TEST ? IntStream.range(0, test.length).filter(i -> test[i]).toArray()
                : Arrays.stream(training).filter(i -> texts[i].share("dev " + seed) < DEV_SHARE).toArray();
        int[] asked = part == Part.TEST ? training
                : Arrays.stream(training).filter(i -> texts[i].share("dev " + seed) >= DEV_SHARE).toArray();
        if (asked.length == 0 || scored.length == 0) {
            throw new IllegalArgumentException("The split leaves %d texts to ask about and %d to score".formatted(asked.length, scored.length));
        }
        return merged(data, texts, asked, scored);
    }

    private static ReplaySplit merged(LabelledTexts data, NormalizedText[] texts, int[] asked, int[] scored) {
        Map<NormalizedText, Integer> first = new LinkedHashMap<>();
        Map<NormalizedText, int[]> votes = new HashMap<>();
        for (int row : asked) {
            first.putIfAbsent(texts[row], row);
            votes.computeIfAbsent(texts[row], t -> new int[data.classes().size()])[data.labels()[row]]++;
        }
        int[] gold = first.keySet().stream().mapToInt(t -> most(votes.get(t))).toArray();
        return new ReplaySplit(first.values().stream().mapToInt(Integer::intValue).toArray(), gold, scored);
    }

    private static int most(int[] votes) {
        int best = 0;
        for (int c = 1; c < votes.length; c++) {
            best = votes[c] > votes[best] ? c : best;
        }
        return best;
    }

    static List<String> texts(LabelledTexts data, int[] rows) {
        return Arrays.stream(rows).mapToObj(data.texts()::get).toList();
    }

    static float[][] vectors(float[][] all, int[] rows) {
        return Arrays.stream(rows).mapToObj(row -> all[row]).toArray(float[][]::new);
    }

    static int[] labels(LabelledTexts data, int[] rows) {
        return Arrays.stream(rows).map(row -> data.labels()[row]).toArray();
    }
}
