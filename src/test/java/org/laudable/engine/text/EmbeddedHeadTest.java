package org.laudable.engine.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.laudable.engine.evaluation.CalibrationError;
import org.laudable.engine.linear.FloatMatrix;

class EmbeddedHeadTest {

    private final Shop shop = new Shop(600, 2);
    private final CandidatePool pool = shop.pool();
    private final EmbeddedHead head = EmbeddedHead.standard();

    @Test
    void without_answers_the_model_is_the_zero_shot_start() {
        TaskModel model = head.train(pool, TrainingLabels.none(), 1);
        assertSame(pool.zeroShot(), model.poolScores());
        assertFalse(model.crossValidation().available());
        assertArrayEquals(pool.zeroShot().argMax(), model.poolProbabilities().argMax());
        assertTrue(calibrationError(model.poolProbabilities(), 0) < calibrationError(model.poolScores(), 0),
                "zero-shot scores are too modest to be shown as they are");
    }

    @Test
    void answers_help_on_items_that_were_not_asked() {
        double before = accuracy(pool.zeroShot(), 80);
        double after = accuracy(head.train(pool, shop.firstAnswers(80), 1).poolProbabilities(), 80);
        assertTrue(after > before + .05 && after > .85, "%s after %s".formatted(after, before));
    }

    @Test
    void the_same_seed_and_answers_give_the_same_model_to_the_last_bit() {
        TaskModel a = head.train(pool, shop.firstAnswers(40), 9);
        TaskModel b = head.train(shop.pool(), shop.firstAnswers(40), 9);
        assertArrayEquals(a.poolProbabilities().data(), b.poolProbabilities().data());
        assertEquals(a.provenance(), b.provenance());
    }

    @Test
    void cross_validation_makes_modest_scores_honest() {
        TaskModel model = head.train(pool, shop.firstAnswers(200), 1);
        double raw = calibrationError(model.poolScores(), 200);
        double scaled = calibrationError(model.poolProbabilities(), 200);
        assertTrue(scaled < raw && scaled < .08, "scaled %s, raw %s".formatted(scaled, raw));
        assertArrayEquals(model.poolScores().argMax(), model.poolProbabilities().argMax());
    }

    @Test
    void cross_validated_predictions_have_not_seen_their_own_label() {
        // Labels without any rule: a model that saw them would repeat them, an honest one cannot.
        java.util.Random random = new java.util.Random(5);
        Map<Integer, Integer> noise = new java.util.TreeMap<>();
        for (int i = 0; i < 200; i++) {
            noise.put(i, random.nextInt(4));
        }
        TrainingLabels labels = TrainingLabels.of(noise);
        CrossValidation validation = head.train(pool, labels, 1).crossValidation();
        int right = 0;
        for (int i = 0; i < 200; i++) {
            right += validation.probabilities().argMax(i) == labels.classes()[i] ? 1 : 0;
        }
        assertTrue(right < 80, right + " of 200, 50 by chance");
    }

    @Test
    void one_answer_or_answers_of_a_single_class_are_enough_to_train() {
        for (TrainingLabels labels : new TrainingLabels[] {shop.answers(3), TrainingLabels.of(Map.of(0, 1, 5, 1, 9, 1))}) {
            FloatMatrix p = head.train(pool, labels, 1).poolProbabilities();
            assertEquals(labels.classes()[0], p.argMax(labels.items()[0]));
            for (float v : p.data()) {
                assertTrue(v >= 0 && v <= 1.0001f);
            }
        }
    }

    @Test
    void labels_outside_the_pool_or_the_classes_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> head.train(pool, TrainingLabels.of(Map.of(600, 0)), 1));
        assertThrows(IllegalArgumentException.class, () -> head.train(pool, TrainingLabels.of(Map.of(0, 4)), 1));
    }

    private double accuracy(FloatMatrix p, int from) {
        int right = 0;
        for (int i = from; i < p.rows(); i++) {
            right += p.argMax(i) == shop.gold.get(i) ? 1 : 0;
        }
        return (double) right / (p.rows() - from);
    }

    private double calibrationError(FloatMatrix p, int from) {
        int n = p.rows() - from;
        float[] confidence = new float[n];
        boolean[] correct = new boolean[n];
        for (int i = 0; i < n; i++) {
            int c = p.argMax(from + i);
            confidence[i] = p.get(from + i, c);
            correct[i] = c == shop.gold.get(from + i);
        }
        return CalibrationError.expected(confidence, correct, 10);
    }
}
