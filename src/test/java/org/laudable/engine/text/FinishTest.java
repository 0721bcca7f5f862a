package org.laudable.engine.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.laudable.engine.linear.FloatMatrix;

class FinishTest {

    @Test
    void the_proposed_threshold_is_the_lowest_that_keeps_the_precision() {
        // Confidences .95 .9 .8 .7 .6, the fourth is wrong: at 75 % all five pass (4 of 5), at 90 % three.
        CrossValidation cv = validation(new float[] {.95f, .9f, .8f, .7f, .6f}, new boolean[] {true, true, true, false, true});
        assertEquals(.6f, AcceptanceThreshold.propose(cv, 2, .75).perClass()[0]);
        assertEquals(.8f, AcceptanceThreshold.propose(cv, 2, .9).perClass()[0]);
    }

    @Test
    void a_class_with_thirty_labels_has_its_own_threshold() {
        float[] confidence = new float[70];
        boolean[] right = new boolean[70];
        int[] predicted = new int[70];
        for (int i = 0; i < 70; i++) {
            predicted[i] = i < 35 ? 0 : 1;
            confidence[i] = .5f + .5f * (i % 35) / 35;
            // Class 0 is always right, class 1 only when it is sure.
            right[i] = predicted[i] == 0 || i % 35 >= 20;
        }
        AcceptanceThreshold threshold = AcceptanceThreshold.propose(validation(confidence, right, predicted), 3, .95);
        assertEquals(.5f, threshold.perClass()[0]);
        assertTrue(threshold.perClass()[1] > .75f);
        assertTrue(threshold.perClass()[2] > .5f && threshold.perClass()[2] <= threshold.perClass()[1], "the global one");
    }

    @Test
    void without_cross_validation_or_when_nothing_is_precise_nothing_is_accepted() {
        CrossValidation none = new CrossValidation(1, TrainingLabels.none(), new FloatMatrix(0, 2));
        FloatMatrix sure = FloatMatrix.of(new float[][] {{1, 0}});
        assertFalse(AcceptanceThreshold.propose(none, 2, .9).accepts(sure, 0));
        CrossValidation wrong = validation(new float[] {.9f, .8f}, new boolean[] {false, false});
        assertFalse(AcceptanceThreshold.propose(wrong, 2, .9).accepts(sure, 0));
        assertFalse(AcceptanceThreshold.propose(wrong, 2, .9).raised().accepts(sure, 0));
    }

    @Test
    void raising_moves_half_the_way_to_certainty() {
        AcceptanceThreshold raised = new AcceptanceThreshold(new float[] {.8f, .6f}).raised();
        assertArrayEquals(new float[] {.9f, .8f}, raised.perClass(), 1e-6f);
        FloatMatrix p = FloatMatrix.of(new float[][] {{.85f, .15f}, {.1f, .9f}, {.95f, .05f}});
        assertArrayEquals(new int[] {1, 2}, raised.accepted(p));
    }

    @Test
    void a_certificate_is_exact_and_says_how_many_more_answers_it_would_take() {
        Certification certification = Certification.of(.9);
        assertTrue(certification.judge(80, 80).certified());
        assertEquals(Math.pow(.025, 1 / 80.0), certification.judge(80, 80).lowerBound(), 1e-9);
        Certification.Verdict close = certification.judge(76, 80);
        assertFalse(close.certified());
        int more = close.moreAnswers().orElseThrow();
        int n = 80 + more;
        assertTrue(certification.judge((int) Math.floor(.95 * n + 1e-9), n).certified(), "95 %% of %d".formatted(n));
        assertTrue(more > 40 && more < 300, "more: " + more);
        assertTrue(certification.judge(70, 80).moreAnswers().isEmpty(), "87.5 % will never show 90 %");
    }

    @Test
    void over_both_tries_a_false_certificate_is_rarer_than_one_in_twenty() {
        SplittableRandom random = new SplittableRandom(1);
        Certification certification = Certification.of(.9);
        boolean[] enough = new boolean[Certification.SAMPLE + 1];
        for (int right = 0; right < enough.length; right++) {
            enough[right] = certification.judge(right, Certification.SAMPLE).certified();
        }
        int wrong = 0;
        for (int run = 0; run < 4_000; run++) {
            boolean certified = false;
            for (int attempt = 0; attempt < 2 && !certified; attempt++) {
                int right = 0;
                for (int i = 0; i < Certification.SAMPLE; i++) {
                    right += random.nextDouble() < .9 ? 1 : 0;
                }
                certified = enough[right];
            }
            wrong += certified ? 1 : 0;
        }
        assertTrue(wrong <= 200, wrong + " of 4000");
        assertTrue(wrong > 10, "a test that never errs is not the exact one: " + wrong);
    }

    @Test
    void two_hundred_audit_items_show_ninety_per_cent_only_from_ninety_four_and_a_half_on() {
        assertEquals(.945, new AuditSize(200).observedNeeded(.9).orElseThrow(), 1e-9);
        assertTrue(new AuditSize(10).observedNeeded(.9).isEmpty());
        assertEquals(.042, new AuditSize(200).margin(.9), .002);
    }

    private static CrossValidation validation(float[] confidence, boolean[] right) {
        return validation(confidence, right, new int[confidence.length]);
    }

    /** Predicted as given, with the given confidence; a wrong one belongs to the next class. */
    private static CrossValidation validation(float[] confidence, boolean[] right, int[] predicted) {
        int classes = java.util.Arrays.stream(predicted).max().orElse(0) + 2;
        FloatMatrix p = new FloatMatrix(confidence.length, Math.max(3, classes));
        Map<Integer, Integer> labels = new TreeMap<>();
        for (int i = 0; i < confidence.length; i++) {
            int other = (predicted[i] + 1) % p.cols();
            p.set(i, predicted[i], confidence[i]);
            p.set(i, other, (1 - confidence[i]) * .9f);
            labels.put(i, right[i] ? predicted[i] : other);
        }
        return new CrossValidation(1, TrainingLabels.of(labels), p);
    }
}
