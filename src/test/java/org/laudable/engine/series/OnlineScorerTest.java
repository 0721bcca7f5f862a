package org.laudable.engine.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.laudable.engine.saved.BoundedInput;

/** Points scored one by one and a series scored as a whole: the same figures, within 1e-5 (ENGINES §2.11). */
class OnlineScorerTest {
    private static final double SAME = 1e-5;

    /** A series with its causal model that has learned from a few answers. */
    private record Learned(Series series, Bundle bundle) {

        static Learned of(Series series, boolean answered) {
            boolean[] all = SeriesUnderTest.everything();
            SignalModel fitted = SignalModel.fit(series, SignalModel.fitOn(series, all, new Answers(all.length)), all, false, 5, TrainingWatch.NONE)
                    .causally(series, all, TrainingWatch.NONE);
            SeriesLearner learner = new SeriesLearner(fitted.apply(series, Potential.statistical()), all, LearnerSettings.laudable(), 5);
            Answers answers = answered ? SeriesUnderTest.fewAnswers() : new Answers(SeriesUnderTest.POINTS);
            return new Learned(series, new Bundle(fitted, learner.learn(answers, 1, RewardScaling.start(), TrainingWatch.NONE).model(), .4));
        }

        double[] point(int t) {
            double[] values = new double[series.channels().size()];
            for (int c = 0; c < values.length; c++) {
                values[c] = series.values()[c][t];
            }
            return values;
        }

        OnlineScorer scorer() {
            return new OnlineScorer(bundle, OperatingPoint.forScore(), OperatingPoint.forMissCost(5), 0);
        }
    }

    private static Series withGaps(Series series) {
        Random random = new Random(2);
        double[][] values = new double[series.values().length][];
        for (int c = 0; c < values.length; c++) {
            values[c] = series.values()[c].clone();
            for (int t = 10; t < values[c].length; t++) {
                values[c][t] = random.nextInt(12) == 0 ? Double.NaN : values[c][t];
            }
        }
        return new Series(series.name(), series.channels(), series.seconds(), values, 0);
    }

    private static void agrees(Learned learned) {
        Signals signals = learned.bundle().signals().apply(learned.series(), Potential.statistical());
        double[] whole = learned.bundle().model().scores(signals).score();
        OnlineScorer scorer = learned.scorer();
        double most = 0;
        int flagged = 0;
        for (int t = 0; t < whole.length; t++) {
            OnlineScorer.Verdict said = scorer.push(learned.series().seconds()[t], learned.point(t));
            most = Math.max(most, Math.abs(said.score() - whole[t]));
            assertEquals(whole[t], said.score(), SAME, "point " + t);
            assertEquals(signals.alarm()[t], said.alarm(), SAME);
            assertEquals(signals.potential()[t], said.potential(), SAME);
            assertEquals(signals.unusual()[t], said.unusual(), SAME);
            assertEquals(OperatingPoint.atUsualCosts(whole[t], OperatingPoint.forScore()), said.probability(), SAME);
            flagged += said.anomaly() ? 1 : 0;
        }
        System.out.printf("%d channels: point by point and whole differ by at most %.1e, %d points flagged%n", learned.series().channels().size(), most, flagged);
        assertTrue(Arrays.stream(whole).max().orElse(0) - Arrays.stream(whole).min().orElse(0) > .3, "a flat score would agree as well");
    }

    @Test
    void one_channel_point_by_point_is_the_series_as_a_whole() {
        agrees(Learned.of(SeriesUnderTest.bursts(1), true));
    }

    @Test
    void several_channels_point_by_point_are_the_series_as_a_whole() {
        agrees(Learned.of(SeriesUnderTest.bursts(4), true));
    }

    @Test
    void gaps_and_a_model_without_answers_agree_too() {
        agrees(Learned.of(withGaps(SeriesUnderTest.bursts(3)), true));
        agrees(Learned.of(withGaps(SeriesUnderTest.bursts(1)), false));
    }

    @Test
    void a_scorer_taken_up_from_its_state_goes_on_as_if_nothing_had_happened() {
        Learned learned = Learned.of(withGaps(SeriesUnderTest.bursts(3)), true);
        OnlineScorer through = learned.scorer();
        OnlineScorer interrupted = learned.scorer();
        int size = 0;
        for (int t = 0; t < 500; t++) {
            if (t % 83 == 0) {
                byte[] state = interrupted.state();
                size = Math.max(size, state.length);
                interrupted = learned.scorer();
                interrupted.restore(state);
            }
            assertEquals(through.push(learned.series().seconds()[t], learned.point(t)), interrupted.push(learned.series().seconds()[t], learned.point(t)), "point " + t);
        }
        assertEquals(size, through.state().length, "the state does not grow");
        OnlineScorer other = Learned.of(SeriesUnderTest.bursts(1), false).scorer();
        byte[] state = through.state();
        assertThrows(IllegalArgumentException.class, () -> other.restore(state));
    }

    @Test
    void what_comes_later_changes_nothing_and_a_burst_is_found_as_it_happens() {
        Learned learned = Learned.of(SeriesUnderTest.bursts(2), true);
        OnlineScorer scorer = learned.scorer();
        boolean[] flagged = new boolean[SeriesUnderTest.POINTS];
        for (int t = 0; t < flagged.length; t++) {
            flagged[t] = scorer.push(learned.series().seconds()[t], learned.point(t)).anomaly();
        }
        int found = 0;
        for (int first : SeriesUnderTest.PLANTED) {
            for (int t = first; t < first + SeriesUnderTest.LONG; t++) {
                if (flagged[t]) {
                    found++;
                    break;
                }
            }
        }
        int alarms = 0;
        for (int t = 50; t < flagged.length; t++) {
            alarms += flagged[t] && !SeriesUnderTest.anomalous(t) ? 1 : 0;
        }
        assertTrue(found >= 4, "found " + found + " of 5");
        assertTrue(alarms < 120, alarms + " false alarms");
    }

    @Test
    void a_model_that_looks_ahead_is_refused_and_a_bundle_from_a_file_scores_alike() throws IOException {
        Learned learned = Learned.of(SeriesUnderTest.bursts(2), true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        learned.bundle().write(bytes);
        Bundle read = Bundle.read(new BoundedInput(new ByteArrayInputStream(bytes.toByteArray()), bytes.size()));
        OnlineScorer before = learned.scorer();
        OnlineScorer after = new OnlineScorer(read, OperatingPoint.forScore(), OperatingPoint.forMissCost(5), 0);
        for (int t = 0; t < 200; t++) {
            assertEquals(before.push(learned.series().seconds()[t], learned.point(t)), after.push(learned.series().seconds()[t], learned.point(t)));
        }
        boolean[] all = SeriesUnderTest.everything();
        SignalModel ahead = SignalModel.fit(learned.series(), all, all, false, 5, TrainingWatch.NONE);
        Bundle looking = new Bundle(ahead, learned.bundle().model(), .4);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new OnlineScorer(looking, 0, .5, 0)).getMessage().contains("looks ahead"));
    }

    @Test
    void bytes_changed_at_random_are_refused_or_score_but_never_cost_more_than_the_file() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Learned learned = Learned.of(SeriesUnderTest.bursts(2), true);
        learned.bundle().write(written);
        Random random = new Random(4);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] changed = written.toByteArray();
            if (i < 150) {
                changed = Arrays.copyOf(changed, 8 + random.nextInt(changed.length - 8)); // cut off
            } else {
                for (int k = 0; k < 3; k++) {
                    changed[8 + random.nextInt(i < 225 ? 2_000 : changed.length - 8)] = (byte) random.nextInt();
                }
            }
            try {
                Bundle read = Bundle.read(new BoundedInput(new ByteArrayInputStream(changed), changed.length));
                OnlineScorer scorer = new OnlineScorer(read, .35, .2, 0);
                scorer.push(0, Arrays.copyOf(new double[] {1, 2}, Math.max(2, scorer.channels())));
            } catch (IOException | IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
                refused++;
            }
        }
        assertTrue(refused >= 150, "only " + refused + " were refused");
    }
}
