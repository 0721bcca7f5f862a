package org.laudable.engine.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.laudable.engine.evaluation.DetectionCurve;
import org.laudable.engine.evaluation.PointDetection;

/** The whole way on a made-up series: signals, learning, switches, saving. */
class LearningTest {

    private static Series series;
    private static SignalModel fitted;
    private static Signals signals;

    @BeforeAll
    static void fit() {
        series = SeriesUnderTest.bursts(1);
        fitted = SignalModel.fit(series, SeriesUnderTest.everything(), SeriesUnderTest.everything(), false, 1, TrainingWatch.NONE);
        signals = fitted.apply(series, Potential.statistical());
    }

    static LearnerSettings quick() {
        LearnerSettings s = LearnerSettings.laudable();
        return new LearnerSettings(s.loss(), s.gamma(), s.costs(), s.network(), s.window(), 60, 0, false, s.parts());
    }

    private static SeriesLearner.Round learn(LearnerSettings settings) {
        return new SeriesLearner(signals, SeriesUnderTest.everything(), settings, 1)
                .learn(SeriesUnderTest.fewAnswers(), 1, RewardScaling.start(), TrainingWatch.NONE);
    }

    @Test
    void planted_anomalies_are_found_from_two_examples() {
        boolean[] unseen = SeriesUnderTest.everything();
        Answers answers = SeriesUnderTest.fewAnswers();
        for (int t = 0; t < unseen.length; t++) {
            unseen[t] = !answers.known(t);
        }
        double[] score = learn(quick()).model().scores(signals).score();
        double threshold = OperatingPoint.forScore(score, answers, SeriesUnderTest.everything());
        boolean[] flagged = new boolean[score.length];
        for (int t = 0; t < score.length; t++) {
            flagged[t] = score[t] > threshold;
        }
        assertTrue(DetectionCurve.of(SeriesUnderTest.truth(), score, unseen).averagePrecision() > .9);
        PointDetection found = PointDetection.of(SeriesUnderTest.truth(), flagged, unseen);
        assertEquals(3, found.eventsFound());
        assertTrue(found.f1() > .7, "F1 " + found.f1());
    }

    @Test
    void with_several_channels_the_alarm_names_the_channels_that_drive_it() {
        Series many = SeriesUnderTest.bursts(6);
        SignalModel model = SignalModel.fit(many, SeriesUnderTest.everything(), SeriesUnderTest.everything(), false, 1, TrainingWatch.NONE);
        Signals all = model.apply(many, Potential.statistical());
        double driving = 0;
        double other = 0;
        for (int t = 0; t < all.length(); t++) {
            if (SeriesUnderTest.anomalous(t)) {
                driving += all.channelError()[0][t] + all.channelError()[1][t];
                other += all.channelError()[4][t] + all.channelError()[5][t];
            }
        }
        assertTrue(driving > 5 * other, driving + " against " + other);
        assertTrue(DetectionCurve.of(SeriesUnderTest.truth(), all.prior(), SeriesUnderTest.everything()).averagePrecision() > .6);
    }

    @Test
    void the_same_seed_gives_the_same_model_and_another_seed_another() {
        double[] once = learn(quick()).model().scores(signals).score();
        double[] again = learn(quick()).model().scores(signals).score();
        assertArrayEquals(once, again, 0);
        Signals refitted = SignalModel.fit(series, SeriesUnderTest.everything(), SeriesUnderTest.everything(), false, 1, TrainingWatch.NONE)
                .apply(series, Potential.statistical());
        assertArrayEquals(signals.prior(), refitted.prior(), 0);
        double[] other = new SeriesLearner(signals, SeriesUnderTest.everything(), quick(), 2)
                .learn(SeriesUnderTest.fewAnswers(), 1, RewardScaling.start(), TrainingWatch.NONE).model().scores(signals).score();
        assertNotEquals(once[500], other[500]);
    }

    @Test
    void a_saved_bundle_comes_back_bit_by_bit() throws IOException {
        Bundle bundle = new Bundle(fitted, learn(quick()).model(), .4);
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        bundle.write(first);
        Bundle loaded = Bundle.read(new ByteArrayInputStream(first.toByteArray()));
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        loaded.write(second);
        assertArrayEquals(first.toByteArray(), second.toByteArray());
        assertArrayEquals(bundle.score(series, Potential.statistical()).score(), loaded.score(series, Potential.statistical()).score(), 0);
        assertEquals(bundle.model().provenance(), loaded.model().provenance());
    }

    @Test
    void a_model_of_another_series_speaks_first_and_fades_with_answers() throws IOException {
        SeriesModel elsewhere = learn(quick()).model();
        SeriesLearner learner = new SeriesLearner(signals, SeriesUnderTest.everything(), quick(), 3).beginningWith(Optional.of(elsewhere));
        SeriesLearner.Round before = learner.learn(new Answers(SeriesUnderTest.POINTS), 0, RewardScaling.start(), TrainingWatch.NONE);
        assertTrue(before.model().learned(), "it speaks before the first answer");
        assertArrayEquals(elsewhere.scores(signals).teacher(), before.scores().teacher(), 0, "in its own words");

        SeriesModel after = learner.learn(SeriesUnderTest.fewAnswers(), 1, RewardScaling.start(), TrainingWatch.NONE).model();
        assertTrue(after.start().isPresent());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Bundle(fitted, after, .4).write(bytes);
        SeriesModel read = Bundle.read(new ByteArrayInputStream(bytes.toByteArray())).model();
        assertArrayEquals(after.scores(signals).score(), read.scores(signals).score(), 0, "what it began with is kept with it");
        SeriesModel alone = after.beginningWith(Optional.empty());
        assertTrue(java.util.Arrays.mismatch(after.scores(signals).score(), alone.scores(signals).score()) >= 0, "it still has a say");
    }

    @Test
    void a_file_that_is_no_bundle_is_refused() {
        IOException refused = assertThrows(IOException.class, () -> Bundle.read(new ByteArrayInputStream(new byte[64])));
        assertTrue(refused.getMessage().contains("not a model"));
    }

    @Test
    void causal_features_do_not_look_ahead() {
        boolean[] first = new boolean[SeriesUnderTest.POINTS];
        java.util.Arrays.fill(first, 0, 450, true);
        SignalModel causal = SignalModel.fit(series, first, first, true, 1, TrainingWatch.NONE);
        double[][] changed = {series.values()[0].clone()};
        for (int t = 700; t < changed[0].length; t++) {
            changed[0][t] = 40;
        }
        Series other = new Series("changed", series.channels(), series.seconds(), changed, 0);
        float[][] before = causal.apply(series, Potential.statistical()).features();
        float[][] after = causal.apply(other, Potential.statistical()).features();
        for (int t = 0; t < 700; t++) {
            assertArrayEquals(before[t], after[t], 1e-4f, "point " + t);
        }
    }

    @Test
    void a_series_with_a_history_is_judged_by_it_when_the_future_is_unknown() {
        Series past = new Series("past", series.channels(), series.seconds(), series.values(), 140);
        boolean[] history = new boolean[SeriesUnderTest.POINTS];
        java.util.Arrays.fill(history, 0, 140, true);
        boolean[] half = new boolean[SeriesUnderTest.POINTS - 140];
        java.util.Arrays.fill(half, 0, half.length / 2, true);
        Signals judged = SignalModel.fit(past, history, half, true, 1, TrainingWatch.NONE).apply(past, Potential.statistical());
        boolean[] truth = java.util.Arrays.copyOfRange(SeriesUnderTest.truth(), 140, SeriesUnderTest.POINTS);
        boolean[] future = new boolean[half.length];
        java.util.Arrays.fill(future, half.length / 2, half.length, true);
        assertEquals(half.length, judged.length());
        assertTrue(DetectionCurve.of(truth, judged.prior(), future).averagePrecision() > .5);
    }

    @Test
    void before_any_answer_the_score_is_the_prior() {
        SeriesLearner.Round none = new SeriesLearner(signals, SeriesUnderTest.everything(), quick(), 1)
                .learn(new Answers(signals.length()), 0, RewardScaling.start(), TrainingWatch.NONE);
        double[] score = none.model().scores(signals).score();
        int top = 0;
        for (int t = 0; t < score.length; t++) {
            top = score[t] > score[top] ? t : top;
        }
        assertEquals(java.util.Arrays.stream(signals.prior()).max().orElseThrow(), signals.prior()[top]);
    }

    @Test
    void a_series_answered_through_and_all_normal_teaches_nothing() {
        Answers normal = new Answers(signals.length());
        normal.add(new Answer(0, 0, signals.length(), false));
        SeriesModel model = new SeriesLearner(signals, SeriesUnderTest.everything(), quick(), 1)
                .learn(normal, 1, RewardScaling.start(), TrainingWatch.NONE).model();
        assertEquals(false, model.learned());
    }

    @Test
    void a_watch_can_stop_a_training() {
        TrainingWatch stop = step -> {
            throw new TrainingCancelled("Stopped.");
        };
        SeriesLearner learner = new SeriesLearner(signals, SeriesUnderTest.everything(), quick(), 1);
        assertThrows(TrainingCancelled.class, () -> learner.learn(SeriesUnderTest.fewAnswers(), 1, RewardScaling.start(), stop));
        assertTrue(learner.learn(SeriesUnderTest.fewAnswers(), 1, RewardScaling.start(), TrainingWatch.NONE).model().learned());
    }

    @Test
    void state_signals_widen_what_the_agent_sees() {
        assertEquals(5, Agent.AgentState.of(signals, quick()).inputs());
        Agent.AgentState bare = Agent.AgentState.of(signals, quick().without(Switch.STATE_SIGNALS));
        assertEquals(1, bare.inputs());
        assertEquals(0, bare.features());
    }

    @Test
    void without_vae_potential_or_novelty_their_place_in_the_state_is_empty() {
        Switch[] parts = {Switch.VAE, Switch.NOVELTY, Switch.POTENTIAL};
        for (int k = 0; k < parts.length; k++) {
            float[][] with = Agent.AgentState.of(signals, quick()).rows();
            float[][] without = Agent.AgentState.of(signals, quick().without(parts[k])).rows();
            assertTrue(with[155][1 + k] != 0, parts[k].option());
            assertEquals(0, without[155][1 + k]);
            assertEquals(with[155][4], without[155][4]);
        }
        int vae = signals.featureNames().indexOf("vae");
        assertEquals(0, signals.withoutVae().features()[155][vae]);
    }

    private static double[] belief() {
        return SeriesModel.belief(signals, Optional.empty(), SeriesModel.Evidence.of(SeriesUnderTest.fewAnswers()));
    }

    @Test
    void unlabelled_states_teach_only_with_the_signed_term() {
        Answers answers = SeriesUnderTest.fewAnswers();
        Rewards with = Rewards.of(signals, answers, List.of(), quick(), .5, belief());
        Rewards without = Rewards.of(signals, answers, List.of(), quick().without(Switch.SIGNED_UNLABELLED), .5, belief());
        double v = Math.tanh((signals.priorSurprise()[500] - 3.5) / 2);
        assertEquals(2 * .5 * 2 * v, with.advantage(500), 1e-6);
        assertEquals(0, without.advantage(500));
        assertEquals(6, with.advantage(155));
        assertEquals(-6, without.advantage(60));
    }

    @Test
    void the_potential_moves_the_margin_less_where_people_have_answered() {
        SeriesModel model = learn(quick()).model();
        SeriesModel bare = learn(quick().without(Switch.POTENTIAL)).model();
        assertNotEquals(model.scores(signals).margin()[700], bare.scores(signals).margin()[700]);
        AnsweredPlaces places = AnsweredPlaces.of(signals, SeriesUnderTest.fewAnswers());
        double[] near = places.near(signals.latent());
        assertTrue(near[155] >= 1, "an answered point has at least its own answer");
        double[] none = AnsweredPlaces.of(signals, new Answers(signals.length())).near(signals.latent());
        assertEquals(0, none[155]);
    }

    @Test
    void pseudo_labels_weigh_less_than_answers_and_by_their_confidence() {
        List<PseudoLabel> pseudo = List.of(new PseudoLabel(500, true, .9, 0));
        Answers answers = SeriesUnderTest.fewAnswers();
        double weighted = Rewards.of(signals, answers, pseudo, quick(), 1, belief()).advantage(500);
        double plain = Rewards.of(signals, answers, pseudo, quick().without(Switch.CONFIDENCE_WEIGHTS), 1, belief()).advantage(500);
        assertEquals(.9 * plain, weighted, 1e-6);
        assertTrue(plain < 6);
    }

    @Test
    void lambda_follows_success_only_when_switched_on() {
        assertEquals(1.5, new SeriesLearner(signals, SeriesUnderTest.everything(), quick(), 1)
                .learn(SeriesUnderTest.fewAnswers(), 1, new RewardScaling(1.5), TrainingWatch.NONE).lambda(), 1e-9);
        assertEquals(1, new SeriesLearner(signals, SeriesUnderTest.everything(), quick().without(Switch.LAMBDA), 1)
                .learn(SeriesUnderTest.fewAnswers(), 1, new RewardScaling(1.5), TrainingWatch.NONE).lambda(), 1e-9);
        assertEquals(1.045, RewardScaling.start().after(0).lambda(), 1e-9);
        assertEquals(.1, new RewardScaling(.1).after(5).lambda(), 1e-9);
    }

    @Test
    void labels_spread_only_when_switched_on_and_vanish_with_their_source() {
        assertEquals(List.of(), learn(quick().without(Switch.PROPAGATION)).pseudo());
        Propagation propagation = Propagation.of(signals, .5, .9, 1);
        List<PseudoLabel> spread = propagation.spread(SeriesUnderTest.fewAnswers(), SeriesUnderTest.everything());
        assertTrue(spread.stream().anyMatch(p -> p.anomalous() && SeriesUnderTest.anomalous(p.point())), "a burst is like the others");
        Answers fewer = new Answers(SeriesUnderTest.POINTS);
        SeriesUnderTest.fewAnswers().list().stream().filter(a -> !a.anomalous()).forEach(fewer::add);
        assertTrue(propagation.spread(fewer, SeriesUnderTest.everything()).stream().noneMatch(PseudoLabel::anomalous));
        assertTrue(spread.stream().allMatch(p -> p.source() >= 0 && p.source() < 5 && p.confidence() > .5));
        assertTrue(Propagation.of(signals, .5, .9999, 1).spread(SeriesUnderTest.fewAnswers(), SeriesUnderTest.everything()).size() < spread.size());
    }

    @Test
    void similar_windows_of_a_burst_are_bursts() {
        int[] similar = Propagation.of(signals, 1).similar(156, 3, 25);
        int bursts = 0;
        for (int t : similar) {
            bursts += SeriesUnderTest.anomalous(t) ? 1 : 0;
        }
        assertTrue(bursts >= 2, java.util.Arrays.toString(similar));
    }

    @Test
    void the_score_weighs_prior_teacher_and_agent_by_the_answers() {
        SeriesModel.Evidence evidence = SeriesModel.Evidence.of(SeriesUnderTest.fewAnswers());
        assertEquals(9 / (9 + 2.15 * 2.15), evidence.priorWeight(), 1e-12);
        assertEquals(.5 * 2 / 7, evidence.agentWeight(), 1e-12);
        assertEquals(1, new SeriesModel.Evidence(0, 0).priorWeight());
        SeriesModel.Scores both = learn(quick()).model().scores(signals);
        double prior = signals.priorSurprise()[700] - 3.5;
        double learned = evidence.agentWeight() * both.margin()[700] + (1 - evidence.agentWeight()) * logit(both.teacher()[700]);
        assertEquals(evidence.priorWeight() * prior + (1 - evidence.priorWeight()) * learned, logit(both.score()[700]), 1e-6);
        SeriesModel.Scores alone = learn(quick().without(Switch.TEACHER).without(Switch.POTENTIAL_PRIOR)).model().scores(signals);
        assertArrayEquals(alone.agent(), alone.score(), 1e-12);
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    @Test
    void numbers_beyond_everything_seen_keep_their_order() {
        double[] bounded = new double[500];
        for (int i = 0; i < bounded.length; i++) {
            bounded[i] = Math.sqrt(i);
        }
        Distribution d = Distribution.of(bounded);
        double last = d.surprise(Math.sqrt(499));
        for (double x : new double[] {23, 24, 30, 60, 600}) {
            assertTrue(d.surprise(x) > last, "surprise of " + x);
            last = d.surprise(x);
        }
    }

    @Test
    void look_ahead_advice_is_paid_back_at_the_decision() {
        Answers answers = SeriesUnderTest.fewAnswers();
        Rewards plain = Rewards.of(signals, answers, List.of(), quick(), 1, belief());
        Rewards advised = Rewards.of(signals, answers, List.of(), quick().withLookAhead(), 1, belief());
        assertEquals(plain.advantage(500) - (2 * signals.potential()[500] - 1), advised.advantage(500), 1e-5);
        assertTrue(learn(quick().withLookAhead()).model().learned());
    }

    @Test
    void a_temporal_term_can_be_added_and_is_small() {
        double[] with = learn(quick().withTemporal(.1, .96)).model().scores(signals).agent();
        double[] without = learn(quick()).model().scores(signals).agent();
        assertNotEquals(with[500], without[500]);
        assertThrows(IllegalArgumentException.class, () -> quick().withTemporal(.2, .96));
    }

    @Test
    void gaps_are_masked_and_not_taken_for_zeros() {
        double[][] values = {series.values()[0].clone()};
        for (int t = 200; t < 230; t++) {
            values[0][t] = Double.NaN;
        }
        Series gappy = new Series("gappy", series.channels(), series.seconds(), values, 0);
        Signals s = SignalModel.fit(gappy, SeriesUnderTest.everything(), SeriesUnderTest.everything(), false, 1, TrainingWatch.NONE).apply(gappy, Potential.statistical());
        assertEquals(0, s.channelError()[0][215], "what is missing cannot be reconstructed badly");
        for (float[] row : s.features()) {
            for (float v : row) {
                assertTrue(Float.isFinite(v));
            }
        }
    }
}
