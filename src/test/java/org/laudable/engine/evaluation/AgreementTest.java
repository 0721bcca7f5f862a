package org.laudable.engine.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laudable.engine.evaluation.ChoiceAgreement.Figure;
import org.laudable.engine.evaluation.ChoiceAgreement.Rating;
import org.laudable.engine.evaluation.IntervalAgreement.Stretch;
import org.laudable.engine.evaluation.IntervalAgreement.Unit;

/** The figures against worked examples from the papers that defined them. */
class AgreementTest {

    /** Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: four observers, twelve units, some missing. */
    @Test
    void krippendorffs_own_example_with_missing_data() {
        int[][] observers = {
            {1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0}, {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3},
            {0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0}, {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0}};
        List<Rating> ratings = new ArrayList<>();
        for (int o = 0; o < observers.length; o++) {
            for (int u = 0; u < 12; u++) {
                if (observers[o][u] > 0) {
                    ratings.add(new Rating(u, o, observers[o][u] - 1));
                }
            }
        }
        ChoiceAgreement agreement = ChoiceAgreement.of(ratings, 5);
        assertEquals(11, agreement.items());
        assertEquals(.743, agreement.alpha().value(), .0005);
    }

    /** Fleiss (1971), table 1: 30 patients, six psychiatrists each, five diagnoses. */
    @Test
    void fleiss_example_of_1971() {
        int[][] patients = {{0, 0, 0, 6, 0}, {0, 3, 0, 0, 3}, {0, 1, 4, 0, 1}, {0, 0, 0, 0, 6}, {0, 3, 0, 3, 0}, {2, 0, 4, 0, 0},
            {0, 0, 4, 0, 2}, {2, 0, 3, 1, 0}, {2, 0, 0, 4, 0}, {0, 0, 0, 0, 6}, {1, 0, 0, 5, 0}, {1, 1, 0, 4, 0}, {0, 3, 3, 0, 0},
            {1, 0, 0, 5, 0}, {0, 2, 0, 3, 1}, {0, 0, 5, 0, 1}, {3, 0, 0, 1, 2}, {5, 1, 0, 0, 0}, {0, 2, 0, 4, 0}, {1, 0, 2, 0, 3},
            {0, 0, 0, 0, 6}, {0, 1, 0, 5, 0}, {0, 2, 0, 1, 3}, {2, 0, 0, 4, 0}, {1, 0, 0, 4, 1}, {0, 5, 0, 1, 0}, {4, 0, 0, 0, 2},
            {0, 2, 0, 4, 0}, {1, 0, 5, 0, 0}, {0, 0, 0, 0, 6}};
        List<Rating> ratings = new ArrayList<>();
        for (int p = 0; p < patients.length; p++) {
            int rater = 0;
            for (int d = 0; d < 5; d++) {
                for (int n = 0; n < patients[p][d]; n++) {
                    ratings.add(new Rating(p, rater++, d));
                }
            }
        }
        ChoiceAgreement agreement = ChoiceAgreement.of(ratings, 5);
        Figure kappa = agreement.fleiss();
        assertEquals(.430, kappa.value(), .0005);
        assertEquals(.5556, agreement.percent().value(), .0005);
        assertTrue(kappa.interval().contains(.430) && kappa.interval().width() < .3, kappa.toString());
    }

    /** Cohen (1960), table 1, as 200 patients: agreement beyond chance .492. */
    @Test
    void cohens_example_of_1960() {
        int[][] table = {{88, 14, 18}, {10, 40, 10}, {2, 6, 12}};
        List<Rating> ratings = new ArrayList<>();
        long item = 0;
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                for (int n = 0; n < table[a][b]; n++, item++) {
                    ratings.add(new Rating(item, 4, a));
                    ratings.add(new Rating(item, 9, b));
                }
            }
        }
        ChoiceAgreement.Pair pair = ChoiceAgreement.of(ratings, 3).pairs().getFirst();
        assertEquals(.492, pair.kappa().value(), .0005);
        assertEquals(.7, pair.percent().value(), 1e-9);
        assertEquals(4, pair.first());
        assertEquals(200, pair.kappa().items());
    }

    /** Krippendorff (2004), Measuring the reliability of qualitative text analysis data: two observers, two categories. */
    @Test
    void krippendorffs_own_example_of_units_on_a_line() {
        List<Unit> units = List.of(new Unit(0, 225, 70, 0), new Unit(0, 370, 30, 0), new Unit(1, 220, 80, 0), new Unit(1, 355, 20, 0),
                new Unit(1, 400, 20, 0), new Unit(0, 180, 60, 1), new Unit(0, 300, 50, 1), new Unit(1, 180, 60, 1), new Unit(1, 300, 50, 1));
        assertEquals(.7285, IntervalAgreement.alphaOfClass(units, 2, 150, 300, 0), .0005);
        assertEquals(1, IntervalAgreement.alphaOfClass(units, 2, 150, 300, 1), 1e-9);
        assertEquals(.8587, IntervalAgreement.alpha(units, 2, 150, 300), .0005);
    }

    @Test
    void overlap_is_what_both_marked_of_what_either_marked() {
        assertEquals(.5, IntervalAgreement.overlap(new Stretch(0, 30, 0), new Stretch(10, 40, 0)));
        assertEquals(0, IntervalAgreement.overlap(new Stretch(0, 10, 0), new Stretch(10, 20, 0)));
        Figure mean = IntervalAgreement.overlapOfItems(List.of(List.of(new Stretch(0, 30, 0), new Stretch(10, 40, 0)),
                List.of(new Stretch(5, 9, 0), new Stretch(5, 9, 0)), List.of(new Stretch(1, 2, 0))));
        assertEquals(.75, mean.value());
        assertEquals(2, mean.items());
    }

    @Test
    void alpha_over_items_is_1_when_all_mark_the_same_and_falls_with_the_overlap() {
        List<List<List<Stretch>>> same = new ArrayList<>();
        List<List<List<Stretch>>> shifted = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Stretch one = new Stretch(100 * i, 100 * i + 20, 0);
            same.add(List.of(List.of(one), List.of(one)));
            shifted.add(List.of(List.of(one), List.of(new Stretch(100 * i + 8, 100 * i + 28, 0))));
        }
        assertEquals(1, IntervalAgreement.alphaOfItems(same), 1e-9);
        double lower = IntervalAgreement.alphaOfItems(shifted);
        assertTrue(lower < .95 && lower > 0, Double.toString(lower));
    }

    @Test
    void resampled_figures_stand_on_the_same_formula_as_the_exact_ones() {
        SplittableRandom random = new SplittableRandom(3);
        List<Rating> ratings = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int truth = random.nextInt(4);
            for (int r = 0; r < 1 + i % 4; r++) {
                ratings.add(new Rating(i, r, random.nextDouble() < .7 ? truth : random.nextInt(4)));
            }
        }
        ChoiceAgreement agreement = ChoiceAgreement.of(ratings, 4);
        for (Figure figure : List.of(agreement.alpha(), agreement.percent(), agreement.fleiss(), agreement.ofClass(2))) {
            double middle = (figure.interval().low() + figure.interval().high()) / 2;
            assertTrue(figure.interval().contains(figure.value()), figure.toString());
            assertEquals(figure.value(), middle, figure.interval().width() / 5, figure.toString());
        }
    }

    @Test
    void one_class_only_is_full_agreement() {
        ChoiceAgreement agreement = ChoiceAgreement.of(List.of(new Rating(1, 0, 2), new Rating(1, 1, 2)), 3);
        assertEquals(1, agreement.alpha().value());
        assertEquals(1, agreement.percent().value());
        assertEquals(1, agreement.fleiss().value());
        assertEquals(0, ChoiceAgreement.of(List.of(), 3).alpha().items());
    }
}
