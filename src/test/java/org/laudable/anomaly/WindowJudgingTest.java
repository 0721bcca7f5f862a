package org.laudable.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.devllm.Behaviour;
import org.laudable.devllm.DevLlm;
import org.laudable.llm.Estimate;
import org.laudable.llm.LlmFixture;
import org.laudable.loop.RunControl;
import org.laudable.security.ActingAs;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesService;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** A language model's potential in the series loop, end to end against the double. */
@QuarkusTest
class WindowJudgingTest {
    private static final PlantedSeries.Planted PLAIN = PlantedSeries.PLANTED.get(0);
    private static final PlantedSeries.Planted EXPLAINED = PlantedSeries.PLANTED.get(4);

    @Inject DetectionBench bench;
    @Inject Sample sample;
    @Inject DetectionService detection;
    @Inject RunControl control;
    @Inject JudgeService judges;
    @Inject AnomalyReader reader;
    @Inject AnomalyService anomalies;
    @Inject LayerStore layers;
    @Inject SeriesService series;
    @Inject LlmFixture llm;
    private DevLlm server;

    @BeforeEach
    void start() throws IOException {
        server = DevLlm.start(0, Behaviour.PERFECT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void choose(DetectionBench.Team team, Long cap) {
        long model = llm.openAi(server.openAiUrl()).id();
        ActingAs.person(team.manager(), () -> judges.save(team.project(), new JudgeSettings(model, 30, cap)));
    }

    private JudgeView view(DetectionBench.Team team) {
        return ActingAs.person(team.manager(), () -> judges.view(team.project()));
    }

    private void untilJudged(DetectionBench.Team team) {
        Eventually.holds("every window that stands out is judged and heeded", () -> view(team).wanted() > 0 && sample.number("""
                select count(*) from judged_window where project_id = ? and (state <> 'SAID' or not heeded)""", team.project()) == 0);
    }

    private Anomaly over(SeriesInfo info, PlantedSeries.Planted planted) {
        return reader.ofSeries(info).stream().filter(a -> a.from() < planted.to() && planted.from() < a.to()).findFirst()
                .orElseThrow(() -> new AssertionError("nothing at " + planted + " in " + reader.ofSeries(info)));
    }

    private double potential(SeriesInfo info, PlantedSeries.Planted planted) {
        return layers.maxima(info.id(), Layer.POTENTIAL, planted.from(), planted.to(), planted.to() - planted.from())[0];
    }

    @Test
    void the_same_spike_with_and_without_its_event_gets_a_different_severity_and_the_card_says_why() {
        DetectionBench.Team team = bench.team(6);
        SeriesInfo info = bench.series(team);
        ActingAs.person(team.manager(), () -> series.addEvent(team.project(), info.id(), PlantedSeries.at(EXPLAINED.from() - 3),
                PlantedSeries.at(EXPLAINED.to() + 3), false, "planned maintenance"));
        choose(team, null);
        long run = bench.start(team);
        bench.untilRound(run, 1);
        untilJudged(team);

        Anomaly plain = over(info, PLAIN);
        Anomaly explained = over(info, EXPLAINED);
        assertEquals(AnomalyState.SUGGESTED, plain.state());
        assertTrue(plain.opinion().orElseThrow().severity() > .8, plain.toString());
        assertTrue(plain.opinion().get().reason().contains("load is"), plain.toString());
        assertEquals("dev-llm", plain.opinion().get().model());
        assertEquals(AnomalyState.EXPECTED, explained.state());
        assertTrue(explained.opinion().orElseThrow().severity() < .3, explained.toString());
        assertTrue(explained.opinion().get().reason().contains("planned maintenance"), explained.toString());
        assertEquals(List.of("planned maintenance"), explained.opinion().get().causes());
        assertTrue(potential(info, PLAIN) > .8 && potential(info, EXPLAINED) < .3, "the potential is the model's word, not the statistics'");
        AnomalyDetail detail = ActingAs.person(team.manager(), () -> anomalies.detail(team.project(), explained.id())).orElseThrow();
        assertEquals("planned maintenance", detail.anomaly().explained().orElseThrow());

        JudgeView view = view(team);
        assertTrue(view.judged() <= 30 && view.judged() < info.points() / 20, "asked where it can matter only: " + view);
        assertEquals(server.books().entries().size(), view.spending().orElseThrow().calls());
        assertTrue(view.spending().get().settledMicros() > 0);
        assertEquals(0, view.spending().get().reservedMicros());

        Anomaly before = plain;
        ActingAs.person(team.manager(), () -> series.addEvent(team.project(), info.id(), PlantedSeries.at(PLAIN.from() - 3),
                PlantedSeries.at(PLAIN.to() + 3), false, "load test"));
        Eventually.holds("the event is judged too", () -> over(info, PLAIN).opinion().map(o -> o.reason().contains("load test")).orElse(false));
        assertTrue(over(info, PLAIN).opinion().orElseThrow().severity() < before.opinion().orElseThrow().severity());
    }

    @Test
    void at_its_cap_asking_stops_with_a_sentence_severity_stays_statistical_and_a_raised_cap_goes_on() {
        DetectionBench.Team team = bench.team(6);
        SeriesInfo info = bench.series(team);
        choose(team, 10L);
        long run = bench.start(team);
        bench.untilRound(run, 1);
        Eventually.holds("it says why it asks no more", () -> view(team).blocked().isPresent());

        assertTrue(view(team).blocked().orElseThrow().contains("cap"), view(team).toString());
        assertEquals(0, server.books().entries().size());
        assertTrue(over(info, PLAIN).opinion().isEmpty());
        assertEquals(0, view(team).spending().orElseThrow().settledMicros());
        assertTrue(potential(info, PLAIN) > 0, "the statistical potential serves meanwhile");

        long model = view(team).settings().modelId();
        ActingAs.person(team.manager(), () -> judges.save(team.project(), new JudgeSettings(model, 30, 5_000_000L)));
        untilJudged(team);
        assertTrue(over(info, PLAIN).opinion().isPresent());
        assertTrue(view(team).blocked().isEmpty());
    }

    @Test
    void a_process_killed_between_paying_and_writing_down_pays_nothing_twice() {
        DetectionBench.Team team = bench.team(6);
        choose(team, null);
        long run = bench.start(team);
        bench.untilRound(run, 1);
        untilJudged(team);
        int calls = server.books().entries().size();
        long settled = view(team).spending().orElseThrow().settledMicros();

        sample.execute("update judged_window set state = 'ASKING', severity = null, reason = null, heeded = false where project_id = ?", team.project());
        sample.execute("delete from llm_window_judgement where project_id = ? and right(encode(key, 'hex'), 1) < '8'", team.project());
        untilJudged(team);

        assertEquals(calls, server.books().entries().size());
        assertEquals(settled, view(team).spending().orElseThrow().settledMicros());
    }

    @Test
    void a_manager_has_one_anomaly_explained_with_its_cost_said_before_also_after_the_run() {
        DetectionBench.Team team = bench.team(6);
        SeriesInfo info = bench.series(team);
        long run = bench.start(team);
        bench.untilRound(run, 1);
        Anomaly plain = over(info, PLAIN);
        assertThrows(Refused.class, () -> ActingAs.person(team.manager(), () -> judges.explain(team.project(), plain)));
        ActingAs.person(team.manager(), () -> control.stop(team.project()));
        choose(team, null);
        Estimate estimate = ActingAs.person(team.manager(), () -> judges.explanation(team.project(), plain));

        ActingAs.person(team.manager(), () -> judges.explain(team.project(), plain));

        Opinion said = over(info, PLAIN).opinion().orElseThrow();
        assertTrue(said.severity() > .8 && said.reason().contains("load"), said.toString());
        assertEquals(1, server.books().entries().size(), "one call for one question");
        assertTrue(view(team).spending().orElseThrow().settledMicros() <= estimate.mostMicros() && estimate.calls() == 1);
    }

    @Test
    void calls_tokens_cost_and_cap_are_said_before_and_only_managers_choose() {
        DetectionBench.Team team = bench.team(6);
        long model = llm.openAi(server.openAiUrl()).id();
        Estimate before = ActingAs.person(team.manager(), () -> judges.forecast(team.project(), model, 10)).orElseThrow();
        assertEquals(10, before.calls());
        assertTrue(before.likelyMicros() > 0 && before.mostMicros() > before.likelyMicros());
        assertThrows(ForbiddenException.class, () -> ActingAs.person(team.annotator(), () -> judges.view(team.project())));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(team.annotator(), () -> judges.save(team.project(), JudgeSettings.NOBODY)));
        assertEquals(0, server.books().entries().size());
    }
}
