package org.laudable.engine.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationTest {

    private final int[] truth = {0, 0, 0, 1, 1, 2};
    private final int[] predicted = {0, 0, 1, 1, 3, 0};

    @Test
    void figures_follow_from_the_confusion() {
        Classification c = Classification.of(truth, predicted, 4);
        assertEquals(3 / 6.0, c.accuracy());
        Classification.ClassQuality first = c.perClass().getFirst();
        assertEquals(2 / 3.0, first.precision(), 1e-12);
        assertEquals(2 / 3.0, first.recall(), 1e-12);
        assertEquals(1, c.confusion()[2][0]);
    }

    @Test
    void macro_f1_counts_classes_that_are_there_and_were_missed_and_leaves_out_those_that_are_not() {
        // F1: 2/3, 1/2, 0; class 3 is only predicted.
        assertEquals((2 / 3.0 + .5 + 0) / 3, Classification.of(truth, predicted, 4).macroF1(), 1e-12);
        assertTrue(Double.isNaN(Classification.of(truth, predicted, 4).perClass().get(3).f1()));
    }

    @Test
    void the_bootstrap_interval_holds_the_figure_narrows_with_items_and_repeats_itself() {
        int[] t = new int[400];
        int[] p = new int[400];
        for (int i = 0; i < 400; i++) {
            t[i] = i % 2;
            p[i] = i % 10 == 0 ? 1 - t[i] : t[i];
        }
        Interval wide = Bootstrap.macroF1(java.util.Arrays.copyOf(t, 50), java.util.Arrays.copyOf(p, 50), 2, 500, .95, 1);
        Interval narrow = Bootstrap.macroF1(t, p, 2, 500, .95, 1);
        assertTrue(narrow.contains(Classification.of(t, p, 2).macroF1()));
        assertTrue(narrow.width() < .6 * wide.width());
        assertEquals(narrow, Bootstrap.macroF1(t, p, 2, 500, .95, 1));
    }

    @Test
    void calibration_error_is_the_gap_between_confidence_and_accuracy() {
        assertEquals(.3, CalibrationError.expected(new float[] {.8f, .8f}, new boolean[] {true, false}, 10), 1e-6);
        assertEquals(0, CalibrationError.expected(new float[] {1f, 1f}, new boolean[] {true, true}, 10), 1e-6);
    }

    @Test
    void kappa_matches_cohens_example_and_its_limits() {
        // 20 both yes, 15 both no, 5 and 10 apart: observed .7, expected .5.
        int[] a = new int[50];
        int[] b = new int[50];
        for (int i = 0; i < 50; i++) {
            a[i] = i < 25 ? 0 : 1;
            b[i] = i < 20 || i >= 25 && i < 35 ? 0 : 1;
        }
        assertEquals(.4, CohensKappa.of(a, b, 2), 1e-9);
        assertEquals(1, CohensKappa.of(a, a, 2), 1e-9);
        assertEquals(1, CohensKappa.of(new int[5], new int[5], 2), 1e-9);
    }

    @Test
    void a_learning_curve_is_recovered_from_its_own_points() {
        LearningCurve truth = new LearningCurve(.95, 2, .7);
        List<LearningCurve.Point> points = List.of(25, 50, 100, 200, 400).stream()
                .map(n -> new LearningCurve.Point(n, truth.at(n), 100)).toList();
        LearningCurve fitted = LearningCurve.fit(points);
        assertEquals(truth.at(800), fitted.at(800), 1e-3);
        assertEquals(truth.gain(400, 100), fitted.gain(400, 100), 1e-3);
    }

    @Test
    void a_curve_through_falling_points_promises_nothing_and_never_exceeds_one() {
        LearningCurve falling = LearningCurve.fit(List.of(new LearningCurve.Point(10, .9, 1),
                new LearningCurve.Point(20, .8, 1), new LearningCurve.Point(30, .7, 1)));
        assertEquals(0, falling.gain(30, 1000), 1e-9);
        LearningCurve steep = LearningCurve.fit(List.of(new LearningCurve.Point(10, .5, 1),
                new LearningCurve.Point(20, .7, 1), new LearningCurve.Point(30, .9, 1)));
        assertFalse(steep.at(1e6) > 1);
    }
}
