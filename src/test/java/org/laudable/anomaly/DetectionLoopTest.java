package org.laudable.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.laudable.labeling.SimilarWindow;
import org.laudable.loop.RunControl;
import org.laudable.loop.RunState;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesService;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** The series loop from start to flags on a small series with planted anomalies. */
@QuarkusTest
class DetectionLoopTest {
    @Inject DetectionBench bench;
    @Inject Sample sample;
    @Inject DetectionService detection;
    @Inject RunControl control;
    @Inject AnomalyReader anomalies;
    @Inject LayerReader layers;
    @Inject LayerStore layerStore;
    @Inject SeriesSessions sessions;
    @Inject ModelRepository models;
    @Inject LoopJson json;
    @Inject SeriesService series;
    @Inject SimilarOverSeries similar;

    @Test
    void a_planted_anomaly_is_suggested_asked_confirmed_learned_and_its_like_flagged() {
        DetectionBench.Team team = bench.team(6);
        long run = bench.start(team);
        bench.untilRound(run, 1);
        SeriesInfo info = bench.series(team);

        long suggested = PlantedSeries.PLANTED.stream().filter(p -> flags(info, p)).count();
        assertTrue(suggested >= 3, suggested + " of 5 planted anomalies stand out before any answer");

        bench.completeRound(team, run);
        bench.untilRound(run, 2);

        FittedSeries learned = models.find(info.id()).orElseThrow();
        assertEquals(1, learned.version());
        assertEquals(1, learned.trainings());
        List<Anomaly> found = anomalies.ofSeries(info);
        assertTrue(found.stream().anyMatch(a -> a.state() == AnomalyState.CONFIRMED), found.toString());
        long flagged = PlantedSeries.PLANTED.stream().filter(p -> flags(info, p)).count();
        assertEquals(5, flagged, "all planted anomalies are flagged after a round");
        long alarms = found.stream().filter(a -> a.state() == AnomalyState.SUGGESTED)
                .filter(a -> PlantedSeries.PLANTED.stream().noneMatch(p -> p.from() < a.to() && a.from() < p.to())).count();
        assertTrue(alarms <= 5, alarms + " false alarms in " + found);
        DetectionView view = ActingAs.person(team.manager(), () -> detection.current(team.project())).orElseThrow();
        assertEquals(List.of(0, 1), view.rounds().stream().map(DetectionView.RoundLine::number).toList());
        assertEquals(1, view.trainings().size());
        assertTrue(view.trainings().getFirst().steps().size() > 5, "the training's curve is kept");
        assertTrue(view.quality().measured() >= 1, "some windows were drawn at random");
    }

    private boolean flags(SeriesInfo info, PlantedSeries.Planted planted) {
        return anomalies.ofSeries(info).stream().anyMatch(a -> a.from() < planted.to() && planted.from() < a.to());
    }

    @Test
    void a_model_comes_back_from_the_tables_and_scores_as_before() {
        DetectionBench.Team team = bench.team(6);
        long run = bench.start(team);
        bench.untilRound(run, 1);
        SeriesInfo info = bench.series(team);
        double[] before = layerStore.all(info.id(), Layer.PROBABILITY, info.points());

        sessions.forget(info.id());
        SeriesSession again = sessions.get(models.find(info.id()).orElseThrow(), json.of(bench.row(run)), java.util.Optional.empty());

        double[] now = again.probability();
        for (int t = 0; t < now.length; t++) {
            assertEquals(before[t], now[t], 1e-4, "point " + t);
        }
    }

    @Test
    void a_round_killed_at_its_end_goes_on_without_training_or_telling_twice() {
        DetectionBench.Team team = bench.team(6);
        long told = sample.insert("""
                insert into webhook (project_id, name, url, events)
                values (?, 'all', 'https://192.0.2.1', '{batch.complete,round.finished,anomaly.found}') returning id""", team.project());
        long run = bench.start(team);
        bench.untilRound(run, 1);
        sample.execute("""
                create or replace function planned_round_crash() returns trigger language plpgsql as $$
                begin
                  if new.run_id = %d and new.number = 1 and new.state = 'DONE' then raise exception 'planned crash'; end if;
                  return new;
                end $$""".formatted(run));
        sample.execute("create trigger planned_round_crash before update on round for each row execute function planned_round_crash()");
        long trainedAt;
        try {
            bench.answer(team, 6);
            Eventually.holds("the series has learned", () -> sample.number("select count(*) from series_training where run_id = ?", run) == 1);
            trainedAt = sample.number("select (extract(epoch from trained_at) * 1000)::bigint from series_training where run_id = ?", run);
            assertEquals(1, bench.row(run).roundNumber());
        } finally {
            sample.execute("drop trigger planned_round_crash on round");
        }
        bench.untilRound(run, 2);

        assertEquals(trainedAt, sample.number("select (extract(epoch from trained_at) * 1000)::bigint from series_training where run_id = ?", run));
        assertEquals(1, sample.number("select count(*) from round where run_id = ? and number = 2", run));
        assertEquals(1, sample.number("select count(*) from webhook_event where webhook_id = ? and event = 'batch.complete'", told));
        assertEquals(1, sample.number("select count(*) from webhook_event where webhook_id = ? and event = 'round.finished'", told));
        assertEquals(0, sample.number("""
                select count(*) - count(distinct data ->> 'anomalyId') from webhook_event where webhook_id = ? and event = 'anomaly.found'""", told));
        assertTrue(sample.number("select count(*) from series_segment where project_id = ?", team.project()) > 0);
        assertEquals(0, sample.number("""
                select count(*) from series_segment s where project_id = ? and not exists (select 1 from webhook_event e
                  where e.webhook_id = ? and e.event = 'anomaly.found' and (e.data ->> 'anomalyId')::bigint = s.id)""", team.project(), told));
    }

    @Test
    void an_event_explains_a_spike_at_once_and_is_respected_in_the_next_round() {
        DetectionBench.Team team = bench.team(6);
        long run = bench.start(team);
        bench.untilRound(run, 1);
        SeriesInfo info = bench.series(team);
        PlantedSeries.Planted spike = PlantedSeries.PLANTED.stream().filter(p -> flags(info, p)).findFirst().orElseThrow();
        double before = probability(info, spike);

        ActingAs.person(team.manager(), () -> series.addEvent(team.project(), info.id(), PlantedSeries.at(spike.from() - 3),
                PlantedSeries.at(spike.to() + 3), false, "planned maintenance"));

        List<Anomaly> there = over(info, spike);
        assertTrue(there.stream().allMatch(a -> a.state() == AnomalyState.EXPECTED), there.toString());
        assertEquals("planned maintenance", there.getFirst().explained().orElseThrow());
        bench.completeRound(team, run);
        bench.untilRound(run, 2);
        double after = probability(info, spike);
        assertTrue(after < SeriesWork.threshold(5), after + " after, " + before + " before");
        assertEquals(0, sample.number("select count(*) from ranked_window where series_id = ? and point between ? and ?", info.id(), spike.from(), spike.to() - 1));
    }

    private double probability(SeriesInfo info, PlantedSeries.Planted planted) {
        return layerStore.maxima(info.id(), Layer.PROBABILITY, planted.from(), planted.to(), planted.to() - planted.from())[0];
    }

    private List<Anomaly> over(SeriesInfo info, PlantedSeries.Planted planted) {
        return anomalies.ofSeries(info).stream().filter(a -> a.from() < planted.to() && planted.from() < a.to()).toList();
    }

    @Test
    void a_series_that_comes_later_is_fitted_and_asked_about_and_similar_windows_reach_over_both() {
        DetectionBench.Team team = bench.team(6);
        long run = bench.start(team);
        bench.untilRound(run, 1);
        long first = bench.series(team).id();

        bench.carryIn(team.manager(), team.project(), "turbine", 2);

        Eventually.holds("the second series is fitted", () -> models.ofProject(team.project()).stream().filter(FittedSeries::fitted).count() == 2);
        Eventually.holds("there is something to ask about it", () -> sample.number("""
                select count(*) from ranked_window where project_id = ? and series_id <> ?""", team.project(), first) > 0);
        List<SimilarWindow> near = similar.similarTo(team.project(), first, PlantedSeries.PLANTED.get(1).from() + 5, 12);
        assertTrue(near.stream().anyMatch(w -> w.seriesId() != first), near.toString());
        assertTrue(near.stream().limit(6).filter(w -> PlantedSeries.PLANTED.stream().anyMatch(p -> p.from() - 5 < w.to() && w.from() < p.to() + 5)).count() >= 3,
                near.toString());
    }

    @Test
    void pausing_stops_a_training_and_resuming_does_it_again() {
        DetectionBench.Team team = bench.team(6);
        long run = bench.start(team);
        ActingAs.person(team.manager(), () -> control.pause(team.project()));
        assertEquals(RunState.PAUSED, bench.row(run).state());

        ActingAs.person(team.manager(), () -> control.resume(team.project()));
        bench.untilRound(run, 1);
        ActingAs.person(team.manager(), () -> control.stop(team.project()));

        assertEquals(RunState.STOPPED, bench.row(run).state());
        assertEquals(0, sample.number("select count(*) from task where project_id = ? and state = 'OPEN'", team.project()));
        long second = bench.start(team);
        bench.untilRound(second, 1);
        assertEquals(second, models.find(bench.series(team).id()).orElseThrow().runId(), "what was fitted is taken over");
    }

    @Test
    void strangers_see_and_do_nothing_and_annotators_only_look_at_charts() {
        DetectionBench.Team team = bench.team(6);
        User stranger = sample.person("mallory");
        long id = bench.series(team).id();
        assertThrows(ForbiddenException.class, () -> ActingAs.person(stranger, () -> detection.current(team.project())));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(stranger, () -> layers.of(id, 0, 100, 100)));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(team.annotator(), () -> detection.start(team.project())));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(team.annotator(), () -> detection.current(team.project())));
        assertFalse(ActingAs.person(team.annotator(), () -> layers.of(id, 0, 100, 100)).times().length == 0);
    }
}
