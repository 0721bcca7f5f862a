package org.laudable.engine.text.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.laudable.engine.text.NormalizedText;

class ReplaySplitTest {

    @Test
    void equal_texts_fall_on_one_side_and_the_share_is_met() {
        List<String> texts = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            texts.add((i % 2 == 0 ? "Item " : " ITEM  ") + i / 2);
            labels.add(i % 3 == 0 ? "a" : "b");
        }
        LabelledTexts data = LabelledTexts.of("d", texts, labels, List.of());
        ReplaySplit split = ReplaySplit.of(data, .2, 0, ReplaySplit.Part.TEST);
        assertEquals(400, split.test().length, 60);
        assertEquals(2_000, 2 * split.pool().length + split.test().length, "the pool holds each text once");
        assertTrue(disjoint(data, split.pool(), split.test()));
        assertFalse(Arrays.equals(split.test(), ReplaySplit.of(data, .2, 1, ReplaySplit.Part.TEST).test()));
    }

    @Test
    void the_dev_part_comes_from_the_training_part_and_never_from_the_test_part() {
        List<String> texts = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<String> splits = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            texts.add("text " + i);
            labels.add("c" + i % 2);
            splits.add(i < 300 ? "train" : "TEST");
        }
        ReplaySplit split = ReplaySplit.of(LabelledTexts.of("d", texts, labels, splits), .2, 3, ReplaySplit.Part.DEV);
        assertTrue(Arrays.stream(split.test()).allMatch(i -> i < 300));
        assertTrue(Arrays.stream(split.pool()).allMatch(i -> i < 300));
        assertEquals(300, split.pool().length + split.test().length);
        assertEquals(60, split.test().length, 25);
    }

    @Test
    void the_oracle_answers_with_the_most_frequent_label_of_a_text() {
        LabelledTexts data = LabelledTexts.of("d", List.of("x", "X", "x ", "y", "t"), List.of("b", "a", "a", "b", "a"),
                List.of("train", "train", "train", "train", "test"));
        ReplaySplit split = ReplaySplit.of(data, .2, 0, ReplaySplit.Part.TEST);
        assertArrayEquals(new int[] {0, 3}, split.pool());
        assertArrayEquals(new int[] {0, 1}, split.poolGold());
    }

    @Test
    void a_split_without_a_test_part_is_refused() {
        LabelledTexts data = LabelledTexts.of("d", List.of("x", "y"), List.of("a", "b"), List.of("train", "train"));
        assertThrows(IllegalArgumentException.class, () -> ReplaySplit.of(data, .2, 0, ReplaySplit.Part.TEST));
    }

    private static boolean disjoint(LabelledTexts data, int[] pool, int[] test) {
        Set<NormalizedText> asked = new HashSet<>();
        for (int row : pool) {
            asked.add(NormalizedText.of(data.texts().get(row)));
        }
        return Arrays.stream(test).noneMatch(row -> asked.contains(NormalizedText.of(data.texts().get(row))));
    }
}
