package org.laudable.engine.text;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A small made-up pool: goods of four kinds, a third of which name their kind. */
final class Shop {

    static final List<TextClass> CLASSES = List.of(TextClass.named("fruit"), TextClass.named("tools"),
            TextClass.named("books"), TextClass.named("toys"));

    private static final String[][] WORDS = {
        {"apple", "pear", "plum", "fresh", "sweet", "ripe", "fruit"},
        {"hammer", "saw", "drill", "steel", "sharp", "heavy", "tools"},
        {"novel", "atlas", "poems", "printed", "paperback", "pages", "books"},
        {"doll", "puzzle", "kite", "colourful", "wooden", "small", "toys"}};

    final List<String> texts = new ArrayList<>();
    final List<Integer> gold = new ArrayList<>();
    final TextEncoder encoder = new WordEncoder();

    Shop(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < size; i++) {
            int kind = random.nextInt(4);
            String[] words = WORDS[kind];
            StringBuilder text = new StringBuilder();
            for (int w = 0; w < 4; w++) {
                // A fifth of the words come from another kind.
                String[] from = random.nextInt(5) == 0 ? WORDS[random.nextInt(4)] : words;
                text.append(from[random.nextInt(6)]).append(' ');
            }
            if (random.nextInt(3) == 0) {
                text.append(words[6]).append(' ');
            }
            texts.add(text.append("no ").append(i % 50).toString());
            gold.add(kind);
        }
    }

    CandidatePool pool() {
        return CandidatePool.build(texts, encoder.encodeAll(texts), labels(), PoolSettings.standard());
    }

    LabelVectors labels() {
        return LabelVectors.of(CLASSES, PromptTemplates.generic(), encoder);
    }

    TrainingLabels answers(int... items) {
        java.util.Map<Integer, Integer> map = new java.util.TreeMap<>();
        for (int item : items) {
            map.put(item, gold.get(item));
        }
        return TrainingLabels.of(map);
    }

    TrainingLabels firstAnswers(int n) {
        return answers(java.util.stream.IntStream.range(0, n).toArray());
    }
}
