package org.laudable.engine.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laudable.engine.evaluation.LabelScenarios.Audited;
import org.laudable.engine.evaluation.LabelScenarios.Basis;
import org.laudable.engine.evaluation.LabelScenarios.Effort;
import org.laudable.engine.evaluation.LabelScenarios.Mean;
import org.laudable.engine.evaluation.LabelScenarios.Scenario;
import org.laudable.engine.evaluation.LabelScenarios.Way;
import org.laudable.engine.evaluation.LearningForecast.Estimate;

class LabelScenariosTest {
    private static final int NOW = 200;
    private static final int CLASSES = 20;
    private static final double TARGET = 0.93;
    private static final long POOL = 20_000;
    private static final Effort PEOPLE = new Effort(new Mean(100_000, 2_000), new Mean(6, 0.2));
    private static final Effort MODEL = new Effort(new Mean(1_000, 20), new Mean(0.2, 0.01));

    @Test
    void forty_nine_audited_answers_tell_nothing_and_fifty_do() {
        assertTrue(LabelScenarios.of(basis(new Audited(40, 4, 3, 2), curve(0.1, 0.45, 1))).isEmpty());
        assertEquals(List.of(Way.PEOPLE, Way.MODEL, Way.HYBRID),
                LabelScenarios.of(basis(new Audited(40, 4, 4, 2), curve(0.1, 0.45, 1))).stream().map(Scenario::way).toList());
    }

    @Test
    void a_model_that_hardly_errs_needs_as_many_labels_as_people_for_a_hundredth_of_the_money() {
        List<Scenario> ways = LabelScenarios.of(basis(new Audited(5_000, 0, 0, 0), curve(0.1, 0.45, 1)));
        Estimate people = ways.get(0).goal().orElseThrow().labels();
        Estimate model = ways.get(1).goal().orElseThrow().labels();

        assertEquals(people.middle(), model.middle(), 0.03 * people.middle());
        assertEquals(0.01 * ways.get(0).goal().orElseThrow().micros().middle(), ways.get(1).goal().orElseThrow().micros().middle(),
                0.001 * ways.get(0).goal().orElseThrow().micros().middle());
    }

    @Test
    void a_model_that_errs_in_a_third_needs_more_labels_and_may_never_arrive_while_people_who_verify_make_up_for_it() {
        List<Scenario> ways = LabelScenarios.of(basis(new Audited(240, 5, 60, 95), curve(0.1, 0.45, 1)));
        Scenario people = ways.get(0);
        Scenario model = ways.get(1);
        Scenario hybrid = ways.get(2);

        assertTrue(model.goal().orElseThrow().reached() < 0.7 * people.goal().orElseThrow().reached(), model.toString());
        assertEquals(Double.POSITIVE_INFINITY, model.goal().orElseThrow().labels().high());
        assertTrue(hybrid.goal().orElseThrow().reached() > 0.9 * people.goal().orElseThrow().reached(), hybrid.toString());
        assertEquals(0.75, model.accuracy().middle(), 0.01);
        assertEquals(1 - 0.9 * 5 / 400, hybrid.accuracy().middle(), 0.004);
        assertEquals(155 / 400.0 + 0.1 * 245 / 400, hybrid.toPeople().middle(), 0.01);
        assertTrue(model.micros().middle() < hybrid.micros().middle() && hybrid.micros().middle() < people.micros().middle());
    }

    @Test
    void without_a_target_or_a_curve_it_tells_price_and_accuracy_of_a_label_only() {
        Basis some = basis(new Audited(80, 5, 10, 5), curve(0.1, 0.45, 1));
        Basis noTarget = new Basis(some.curve(), Optional.empty(), 0, false, CLASSES, POOL, some.audited(), 0, 0, 0.1, PEOPLE, MODEL);
        Basis noCurve = new Basis(Optional.empty(), Optional.of(TARGET), 0, false, CLASSES, POOL, some.audited(), 0, 0, 0.1, PEOPLE, MODEL);

        for (Basis basis : List.of(noTarget, noCurve)) {
            List<Scenario> ways = LabelScenarios.of(basis);
            assertTrue(ways.stream().allMatch(way -> way.goal().isEmpty()));
            assertEquals(100_000, ways.getFirst().micros().middle(), 500);
            assertEquals(1, ways.getFirst().accuracy().low());
        }
    }

    @Test
    void the_target_is_out_of_reach_where_too_few_items_are_left() {
        Basis some = basis(new Audited(95, 5, 0, 0), curve(0.1, 0.45, 1));
        Basis few = new Basis(some.curve(), Optional.of(0.99), 0, false, CLASSES, 50, some.audited(), 0, 0, 0.1, PEOPLE, MODEL);

        assertTrue(LabelScenarios.of(few).getFirst().goal().orElseThrow().reached() < 0.05);
    }

    /** Projects drawn at random, each with its true errors and curve; the answers audited are drawn from them. */
    @Test
    void the_intervals_cover_the_truth_about_as_often_as_they_say() {
        int runs = 200;
        int[] label = new int[3];
        int[] goal = new int[3];
        int[] price = new int[3];
        SplittableRandom random = new SplittableRandom(7);
        for (int seed = 0; seed < runs; seed++) {
            double takenWrong = 0.01 + 0.05 * random.nextDouble();
            double sentRight = 0.05 + 0.2 * random.nextDouble();
            double sentWrong = 0.02 + 0.1 * random.nextDouble();
            double slope = 0.45 + 0.15 * random.nextGaussian();
            double systematic = random.nextDouble();
            Audited audited = audited(80, takenWrong, sentRight, sentWrong, random);
            double fee = 100_000 + 5_000 * random.nextGaussian();
            double call = 1_000 + 100 * random.nextGaussian();
            Effort people = new Effort(new Mean(fee, 5_000), new Mean(6, 0.2));
            Effort model = new Effort(new Mean(call, 100), new Mean(0.2, 0.01));
            Basis basis = new Basis(curve(0.1, slope, seed), Optional.of(TARGET), 0, false, CLASSES, POOL, audited, 0, 0, 0.1, people, model);
            List<Scenario> ways = LabelScenarios.of(basis);
            double[] wrong = {0, takenWrong + sentWrong, 0.9 * takenWrong};
            double[] toPeople = {1, 0, sentRight + sentWrong + 0.1 * (1 - sentRight - sentWrong)};
            for (int way = 0; way < 3; way++) {
                label[way] += covers(ways.get(way).accuracy(), 1 - wrong[way]) ? 1 : 0;
                price[way] += covers(ways.get(way).micros(), (way == 0 ? 0 : 1_000) + toPeople[way] * 100_000) ? 1 : 0;
                goal[way] += covers(ways.get(way).goal().orElseThrow().labels(), truth(wrong[way], slope, systematic)) ? 1 : 0;
            }
        }
        for (int way = 0; way < 3; way++) {
            if (way > 0) {
                assertNear(label[way], runs, "accuracy of " + Way.values()[way]);
            }
            assertNear(price[way], runs, "price of " + Way.values()[way]);
            assertNear(goal[way], runs, "labels of " + Way.values()[way]);
        }
    }

    private static void assertNear(int covered, int runs, String what) {
        double share = (double) covered / runs;
        assertTrue(share > 0.7 && share < 0.93, what + ": " + share);
    }

    private static boolean covers(Estimate band, double truth) {
        return band.low() <= truth && truth <= band.high();
    }

    /** Labels at which the error has fallen to the target's, one by one. */
    private static double truth(double wrong, double slope, double systematic) {
        double use = LabelScenarios.use(wrong * (1 - systematic), CLASSES);
        for (int more = 0; more <= POOL; more++) {
            double error = 0.1 * Math.pow((NOW + use * more + 10) / (NOW + 10.0), -slope) + systematic * wrong * more / (NOW + more);
            if (error <= 1 - TARGET) {
                return more;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static Audited audited(int size, double takenWrong, double sentRight, double sentWrong, SplittableRandom random) {
        int[] cells = new int[4];
        for (int i = 0; i < size; i++) {
            double u = random.nextDouble();
            cells[u < takenWrong ? 1 : u < takenWrong + sentRight ? 2 : u < takenWrong + sentRight + sentWrong ? 3 : 0]++;
        }
        return new Audited(cells[0], cells[1], cells[2], cells[3]);
    }

    private static Basis basis(Audited audited, Optional<LearningForecast> curve) {
        return new Basis(curve, Optional.of(TARGET), 0, false, CLASSES, POOL, audited, 0, 0, 0.1, PEOPLE, MODEL);
    }

    /** A curve measured by 300 audit answers, with an error of .1 now. */
    private static Optional<LearningForecast> curve(double error, double slope, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] hard = random.doubles(300).toArray();
        List<LearningForecast.Round> rounds = new ArrayList<>();
        for (int n = 25; n <= NOW; n += 25) {
            boolean[] right = new boolean[hard.length];
            for (int i = 0; i < right.length; i++) {
                right[i] = hard[i] >= error * Math.pow((n + 10.0) / (NOW + 10), -slope);
            }
            rounds.add(new LearningForecast.Round(n, right));
        }
        return LearningForecast.of(rounds);
    }
}
