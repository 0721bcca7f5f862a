package org.laudable.engine.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LearningForecastTest {

    @Test
    void too_few_rounds_or_audit_answers_make_no_forecast() {
        assertTrue(LearningForecast.of(List.of()).isEmpty());
        assertTrue(LearningForecast.of(rounds(100, 100, 0.45, 1, 50, 75, 100)).isEmpty());
        assertTrue(LearningForecast.of(rounds(49, 100, 0.45, 1, 50, 75, 100, 125)).isEmpty());
        assertTrue(LearningForecast.of(rounds(100, 100, 0.45, 1, 50, 75, 100, 125)).isPresent());
    }

    @Test
    void the_band_covers_what_comes_about_as_often_as_it_says_and_stays_narrow() {
        int covered = 0;
        double width = 0;
        int runs = 200;
        for (int seed = 0; seed < runs; seed++) {
            double slope = 0.3 + 0.3 * seed / runs;
            LearningForecast.Estimate at800 = LearningForecast.of(rounds(100, 200, slope, seed, 0, 25, 50, 75, 100, 125, 150, 175, 200))
                    .orElseThrow().accuracy(800);
            double truth = 1 - 0.1 * Math.pow(810 / 210.0, -slope);
            covered += at800.low() <= truth && truth <= at800.high() ? 1 : 0;
            width += (at800.high() - at800.low()) / runs;
        }
        assertTrue(covered >= 0.72 * runs && covered <= 0.95 * runs, "covered " + covered + " of " + runs);
        assertTrue(width < 0.08, "width " + width);
    }

    @Test
    void a_larger_audit_sample_narrows_the_band() {
        double few = width(LearningForecast.of(rounds(60, 200, 0.45, 3, 50, 100, 150, 200)).orElseThrow().accuracy(400));
        double many = width(LearningForecast.of(rounds(2_000, 200, 0.45, 3, 50, 100, 150, 200)).orElseThrow().accuracy(400));

        assertTrue(many < 0.6 * few, many + " against " + few);
    }

    @Test
    void labels_to_a_target_and_accuracy_at_those_labels_tell_the_same() {
        LearningForecast forecast = LearningForecast.of(rounds(2_000, 200, 0.45, 5, 50, 100, 150, 200)).orElseThrow();
        LearningForecast.Estimate labels = forecast.labelsFor(0.94);

        assertTrue(labels.low() >= 200 && labels.low() < labels.middle() && labels.middle() < labels.high());
        assertEquals(0.94, forecast.accuracy(labels.middle()).middle(), 0.004);
        assertEquals(200, forecast.labelsFor(0.5).high());
        assertEquals(Double.POSITIVE_INFINITY, forecast.labelsFor(1).low());
    }

    @Test
    void the_next_labels_buy_less_the_later_they_come() {
        double early = LearningForecast.of(rounds(500, 100, 0.45, 7, 50, 62, 75, 87, 100)).orElseThrow().gain(100).middle();
        double late = LearningForecast.of(rounds(500, 1_000, 0.45, 7, 250, 500, 750, 1_000)).orElseThrow().gain(100).middle();

        assertTrue(early > 3 * late && late > 0, early + " against " + late);
    }

    private static double width(LearningForecast.Estimate estimate) {
        return estimate.high() - estimate.low();
    }

    /** Audit answers of one sample along a power law with an error of .1 at {@code now}: who is right once stays right. */
    private static List<LearningForecast.Round> rounds(int audit, int now, double slope, long seed, int... labels) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] hard = random.doubles(audit).toArray();
        List<LearningForecast.Round> rounds = new ArrayList<>();
        for (int n : labels) {
            boolean[] right = new boolean[audit];
            for (int i = 0; i < audit; i++) {
                right[i] = hard[i] >= 0.1 * Math.pow((n + 10.0) / (now + 10), -slope);
            }
            rounds.add(new LearningForecast.Round(n, right));
        }
        return rounds;
    }
}
