package org.laudable.engine.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfirmStartTest {

    private final Shop shop = new Shop(400, 4);
    private final CandidatePool pool = shop.pool();

    @Test
    void the_first_questions_are_the_most_confident_items_class_by_class() {
        int[] batch = next(TrainingLabels.none(), Start.confirm(3), 8, 1_000);
        for (int round = 0; round < 2; round++) {
            int[] classes = IntStream.range(4 * round, 4 * round + 4).map(i -> pool.zeroShot().argMax(batch[i])).sorted().toArray();
            assertArrayEquals(new int[] {0, 1, 2, 3}, classes);
        }
        int first = batch[0];
        int c = pool.zeroShot().argMax(first);
        assertTrue(IntStream.range(0, 400).allMatch(i -> pool.zeroShot().get(i, c) <= pool.zeroShot().get(first, c)));
    }

    @Test
    void it_goes_on_until_every_class_has_its_answers_and_then_hands_over() {
        Map<Integer, Integer> answers = new TreeMap<>();
        int questions = 0;
        int[] batch = next(TrainingLabels.none(), Start.confirm(3), 5, 1_000);
        while (batch.length > 0) {
            for (int item : batch) {
                answers.put(item, shop.gold.get(item));
            }
            questions++;
            batch = next(TrainingLabels.of(answers), Start.confirm(3), 5, 1_000);
        }
        assertTrue(Arrays.stream(TrainingLabels.of(answers).countPerClass(4)).allMatch(n -> n >= 3));
        assertTrue(questions <= 20, questions + " rounds");
    }

    @Test
    void it_never_spends_more_than_a_fifth_of_the_budget() {
        assertEquals(6, next(TrainingLabels.none(), Start.confirm(10), 25, 30).length);
        assertEquals(0, next(shop.firstAnswers(6), Start.confirm(10), 25, 30).length);
    }

    @Test
    void near_duplicates_are_skipped() {
        List<String> texts = List.of("ripe fruit plum", "ripe plum fruit", "apple fruit sweet", "steel saw", "novel", "kite");
        CandidatePool small = CandidatePool.build(texts, shop.encoder.encodeAll(texts), shop.labels(), PoolSettings.standard());
        int[] batch = Start.confirm(2).select(QueryContext.of(small, small.zeroShot(), TrainingLabels.none(), 1), TrainingLabels.none(), 6, 1_000);
        long both = Arrays.stream(batch).filter(i -> i <= 1).count();
        assertTrue(both <= 1, Arrays.toString(batch));
    }

    @Test
    void classes_without_an_answer_are_named() {
        assertEquals(List.of(1, 3), TrainingLabels.of(Map.of(0, 0, 1, 2)).missingClasses(4));
        assertEquals(0, Start.prior().select(null, TrainingLabels.none(), 5, 10).length);
        assertThrows(IllegalArgumentException.class, () -> Start.named("cold"));
    }

    private int[] next(TrainingLabels labels, Start start, int batch, int budget) {
        return start.select(QueryContext.of(pool, pool.zeroShot(), labels, 1), labels, batch, budget);
    }
}
