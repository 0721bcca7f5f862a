package org.laudable.engine.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the product shows of a model: stretches, reasons, known causes, curves, similar windows. */
class FacadeTest {

    private static final Series SERIES = SeriesUnderTest.bursts(4);
    private static SignalModel fitted;
    private static Signals signals;

    @BeforeAll
    static void fit() {
        boolean[] all = SeriesUnderTest.everything();
        fitted = SignalModel.fit(SERIES, all, all, false, 1, TrainingWatch.NONE);
        signals = fitted.apply(SERIES, Potential.statistical());
    }

    private static SeriesLearner.Round learned(Signals from, TrainingWatch watch) {
        return new SeriesLearner(from, SeriesUnderTest.everything(), LearningTest.quick(), 1)
                .learn(SeriesUnderTest.fewAnswers(), 2, RewardScaling.start(), watch);
    }

    @Test
    void flagged_points_become_stretches_and_short_gaps_are_closed() {
        double[] score = {0, .9, 0, .7, 0, 0, 0, .8, .95, .6};
        assertEquals(List.of(new Segment(1, 4, 1, .9), new Segment(7, 10, 8, .95)), Segment.above(score, .5, 1));
        assertEquals(List.of(new Segment(1, 10, 8, .95)), Segment.above(score, .5, 3));
        assertEquals(List.of(new Segment(1, 2, 1, .9), new Segment(7, 9, 8, .95)), Segment.above(score, .7, 0));
        assertEquals(List.of(), Segment.above(score, 1, 3));
    }

    @Test
    void an_explanation_names_the_channels_that_misbehave() {
        double[] agent = new double[signals.length()];
        agent[335] = .75;
        Explanation burst = Explanation.of(signals, agent, 330, 342);
        assertEquals(.75, burst.agent());
        assertTrue(burst.vae() > .2 && burst.vae() <= 1, "alarm " + burst.vae());
        assertEquals(Set.of(0, 1), Set.of(burst.channels().get(0).channel(), burst.channels().get(1).channel()));
        assertEquals(1, burst.channels().stream().mapToDouble(Explanation.ChannelShare::share).sum(), 1e-9);
        Explanation calm = Explanation.of(signals, agent, 240, 250);
        assertTrue(calm.vae() < burst.vae() && calm.novelty() < burst.novelty());
        assertThrows(IllegalArgumentException.class, () -> Explanation.of(signals, agent, 890, 901));
    }

    @Test
    void a_channel_that_never_changes_keeps_its_place() {
        double[][] values = SeriesUnderTest.bursts(3).values();
        double[][] wider = {new double[SeriesUnderTest.POINTS], values[0], values[1], values[2]};
        Series with = new Series("wider", List.of("still", "a", "b", "c"), SERIES.seconds(), wider, 0);
        boolean[] all = SeriesUnderTest.everything();
        Signals s = SignalModel.fit(with, all, all, false, 1, TrainingWatch.NONE).apply(with, Potential.statistical());
        assertArrayEquals(new int[] {1, 2, 3}, s.channels());
        int first = Explanation.of(s, new double[s.length()], 330, 342).channels().getFirst().channel();
        assertTrue(first == 1 || first == 2, "channel " + first);
    }

    @Test
    void what_has_a_known_cause_is_treated_as_normal() {
        List<Explained> known = List.of(new Explained(470, 482, "backup"));
        Signals explained = fitted.apply(SERIES, Potential.statistical(), known);
        assertEquals(signals.potential()[475] * .1, explained.potential()[475], 1e-12);
        assertEquals(signals.potential()[615], explained.potential()[615]);
        Rewards rewards = Rewards.of(explained, SeriesUnderTest.fewAnswers(), List.of(), LearnerSettings.laudable(), 1, new double[explained.length()]);
        assertTrue(rewards.advantage(475) < 0, "flagging it costs");
        double[] before = learned(signals, TrainingWatch.NONE).model().scores(signals).score();
        double[] after = learned(explained, TrainingWatch.NONE).model().scores(explained).score();
        assertTrue(after[475] < .2 && after[475] < before[475] / 2, before[475] + " → " + after[475]);
        assertTrue(after[615] > .3, "another burst still stands out: " + after[615]);
        Acquisition.Situation s = Acquisition.Situation.of(explained, after, SeriesUnderTest.everything(), 2, 30);
        assertFalse(s.askable()[475]);
        assertTrue(s.askable()[482]);
    }

    @Test
    void windows_that_people_marked_are_not_fitted_on() {
        boolean[] fit = SignalModel.fitOn(SERIES, SeriesUnderTest.everything(), SeriesUnderTest.fewAnswers());
        assertTrue(fit[149]);
        assertFalse(fit[150]);
        assertFalse(fit[161 + 24], "the window still holds the last marked point");
        assertTrue(fit[161 + 25]);
        assertTrue(fit[240], "a normal answer stays");
        Series past = new Series("past", SERIES.channels(), SERIES.seconds(), SERIES.values(), 100);
        boolean[] history = SignalModel.fitOn(past, new boolean[800], new Answers(800));
        assertTrue(history[99]);
        assertFalse(history[100]);
    }

    @Test
    void a_watch_sees_every_phase_and_the_agents_curves() {
        List<TrainingStep> steps = new ArrayList<>();
        learned(signals, steps::add);
        Set<String> phases = new TreeSet<>();
        steps.forEach(s -> phases.add(s.phase()));
        assertEquals(Set.of("agent", "graph", "teacher"), phases);
        List<TrainingStep> agent = steps.stream().filter(s -> s.phase().equals("agent")).toList();
        for (TrainingStep s : agent) {
            assertTrue(s.loss() > 0 && s.episodeReward() >= -1 && s.episodeReward() <= 1 && s.epsilon() == 0, s.toString());
            assertEquals(RewardScaling.beta(2), s.beta());
            assertEquals(1, s.lambda(), 1e-12);
        }
        assertTrue(agent.getLast().episodeReward() > .5, "labelled states were learned: " + agent.getLast());
        assertEquals(LearningTest.quick().steps(), agent.getLast().step());
    }

    @Test
    void similar_windows_come_with_their_distance() {
        List<Propagation.Similar> like = Propagation.of(signals, 1).like(156, 3, 25);
        assertEquals(3, like.size());
        assertTrue(like.get(0).distance() >= -1e-6 && like.get(0).distance() <= like.get(1).distance()
                && like.get(1).distance() <= like.get(2).distance(), like.toString());
    }

    @Test
    void calibration_follows_the_answers_and_keeps_the_order() {
        double[] score = new double[1000];
        for (int t = 0; t < score.length; t++) {
            score[t] = t / 1000.0;
        }
        Answers sceptical = new Answers(1000);
        for (int k = 0; k < 12; k++) {
            sceptical.add(new Answer(600 + 20 * k, 600 + 20 * k, 610 + 20 * k, k >= 10));
        }
        Calibration c = Calibration.of(score, sceptical);
        assertTrue(c.probability(.7) < .5, "ten high scores were normal: " + c.probability(.7));
        assertTrue(c.probability(.7) < c.probability(.71));
        assertEquals(.3, Calibration.none().probability(.3), 1e-12);
        assertEquals(.25, OperatingPoint.forMissCost(3));
    }

    @Test
    void without_the_vae_its_share_of_the_prior_is_gone_too() {
        Signals rest = signals.withoutVae();
        assertFalse(java.util.Arrays.equals(signals.prior(), rest.prior()));
        assertEquals(0, rest.alarm()[335]);
    }

    @Test
    void the_agent_knows_gaps_from_values() {
        assertEquals(0, signals.measured()[0].length);
        double[][] values = {SERIES.values()[0].clone(), SERIES.values()[1]};
        for (int t = 200; t < 230; t++) {
            values[0][t] = Double.NaN;
        }
        Series gappy = new Series("gappy", List.of("a", "b"), SERIES.seconds(), values, 0);
        boolean[] all = SeriesUnderTest.everything();
        Signals s = SignalModel.fit(gappy, all, all, false, 1, TrainingWatch.NONE).apply(gappy, Potential.statistical());
        float[] row = Agent.AgentState.of(s, LearningTest.quick()).rows()[215];
        assertEquals(0, row[0]);
        assertEquals(0, row[2], "channel a is missing");
        assertEquals(1, row[3], "channel b is there");
        assertEquals(2 + 2 + 4, row.length);
        assertEquals(EnumSet.allOf(Switch.class), LearningTest.quick().parts());
    }
}
