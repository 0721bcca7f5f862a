package org.laudable.engine.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Average precision, best F1, events and VUS-PR against cases computed by hand. */
class DetectionFiguresTest {

    private static final boolean[] ALL = {true, true, true, true};

    @Test
    void equal_scores_are_one_step_of_the_curve() {
        DetectionCurve curve = DetectionCurve.of(new boolean[] {true, false, true, false}, new double[] {.9, .8, .8, .1}, ALL);
        assertEquals(.5 + .5 * 2 / 3, curve.averagePrecision(), 1e-12);
        assertEquals(.8, curve.bestF1(), 1e-12);
        assertEquals(.8, curve.bestThreshold(), 1e-12);
    }

    @Test
    void points_outside_the_scored_part_count_for_nothing() {
        DetectionCurve curve = DetectionCurve.of(new boolean[] {true, true, false, false}, new double[] {.9, .1, .5, 1},
                new boolean[] {true, false, true, false});
        assertEquals(1, curve.averagePrecision(), 1e-12);
    }

    @Test
    void a_curve_without_a_positive_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> DetectionCurve.of(new boolean[4], new double[4], ALL));
    }

    @Test
    void one_flagged_point_finds_an_event_and_a_run_beside_the_truth_is_one_false_alarm() {
        boolean[] truth = {false, true, true, false, false, true, false, false};
        boolean[] flagged = {true, true, false, false, true, false, true, true};
        boolean[] counted = {true, true, true, true, true, true, true, true};
        PointDetection d = PointDetection.of(truth, flagged, counted);
        assertEquals(new PointDetection(1, 4, 2, 2, 1, 2), d);
        assertEquals(.2, d.precision(), 1e-12);
        assertEquals(1 / 3.0, d.recall(), 1e-12);
        assertEquals(.25, d.f1(), 1e-12);
        assertEquals(.5, d.eventRecall(), 1e-12);
    }

    @Test
    void a_perfect_score_fills_the_volume() {
        assertEquals(1, VolumeUnderSurface.precisionRecall(new boolean[] {false, true, true, false}, new double[] {.1, .9, .8, .2}, 0), 1e-12);
    }

    @Test
    void an_alarm_one_step_early_earns_part_of_the_volume() {
        // Buffers 0 and 1 reach nothing beside the event: (1 − 0) · ½ each. Buffer 2 gives its neighbours √½:
        // P = (1 + 1 + √½)/2; first step: TP = √½, precision √½; second: TP = 1 + √½ of 2 flagged, recall 1.
        double half = Math.sqrt(.5);
        double recall = half / ((2 + half) / 2);
        double area = recall * half + (1 - recall) * (1 + half) / 2;
        double volume = VolumeUnderSurface.precisionRecall(new boolean[] {false, false, true, false, false},
                new double[] {0, 1, .5, .2, .1}, 2);
        assertEquals((.5 + .5 + area) / 3, volume, 1e-12);
        assertEquals(.592349, volume, 1e-6);
    }

    @Test
    void an_event_that_no_threshold_has_touched_yet_lowers_recall() {
        // Two events of one point. First step: TP 1 of P 2, one of two events: recall ¼, precision 1.
        // Second: false alarm. Third: both: recall 1, precision ⅔. Area ¼ + ¾ · ⅔.
        double volume = VolumeUnderSurface.precisionRecall(new boolean[] {true, false, true, false}, new double[] {.9, .8, .7, .1}, 0);
        assertEquals(.25 + .75 * 2 / 3, volume, 1e-12);
    }

    @Test
    void events_whose_buffers_meet_count_as_one() {
        // With a buffer of 4 the two events share points 1 to 2: touching the first touches both.
        boolean[] truth = {true, false, false, true, false, false, false, false};
        double[] score = {1, .1, .1, .1, .1, .1, .1, .1};
        double apart = VolumeUnderSurface.precisionRecall(truth, score, 0);
        double merged = VolumeUnderSurface.precisionRecall(truth, score, 4);
        assertEquals(true, merged > apart);
    }
}
