package org.laudable.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.laudable.LaudableConfig;
import org.laudable.Refused;
import org.laudable.anomaly.DetectionBench;
import org.laudable.anomaly.PlantedSeries;
import org.laudable.engine.series.OperatingPoint;
import org.laudable.engine.series.Potential;
import org.laudable.engine.series.Series;
import org.laudable.loop.RunControl;
import org.laudable.model.KeptModel;
import org.laudable.model.ModelService;
import org.laudable.project.Meaning;
import org.laudable.project.ProjectAccess;
import org.laudable.security.ActingAs;
import org.laudable.security.OutOfReach;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** Points that come one by one are scored as the series as a whole would be, whatever process takes them, and once. */
@QuarkusTest
class LiveScoringTest {
    private static final double SAME = 1e-5;
    private static final int BURST = 200;
    private static final int LONG = 12;

    @Inject DetectionBench bench;
    @Inject Sample sample;
    @Inject ModelService models;
    @Inject RunControl runs;
    @Inject LiveScoring scoring;
    @Inject LiveApprovals approvals;
    @Inject LiveService live;
    @Inject LiveHarvest harvest;
    @Inject Detectors detectors;
    @Inject StateRepository states;
    @Inject PastPoints past;
    @Inject Telling telling;
    @Inject SeriesStore store;
    @Inject ProjectAccess access;
    @Inject Clock clock;
    @Inject LaudableConfig config;
    @Inject StreamTopology topology;
    @Inject StreamRecords records;
    @Inject StreamIntake intake;
    @Inject StreamProcess process;
    @Inject ApprovedNow approved;
    @Inject LiveMetrics metrics;
    @Inject MeterRegistry registry;
    @Inject LiveCleaning cleaning;

    private DetectionBench.Team team;
    private SeriesInfo series;

    @Test
    void live_points_are_scored_as_the_whole_series_found_once_judged_and_learned() throws Exception {
        team = bench.team(8);
        long run = bench.start(team);
        bench.untilRound(run, 1);
        bench.completeRound(team, run);
        series = bench.series(team);
        assertThrows(Refused.class, () -> score(scoring, points(0, 1)), "nothing is scored that nobody approved");
        assertTrue(said(assertThrows(Refused.class, () -> ActingAs.person(team.manager(), () -> approvals.approve(team.project(), "9-9")))).contains("no file"));
        approve();
        sample.execute("insert into webhook (project_id, name, url, events) values (?, 'x', 'http://127.0.0.1:9/hook', '{anomaly.found}')", team.project());
        double[] whole = asAWhole(0, 600);

        double counted = scoredBy("REST");
        takenInTurnsByTwoProcesses(whole);
        assertTrue(scoredBy("REST") >= counted + 300, "points are counted");
        whatDoesNotFitIsToldApart();
        anotherModelTakesOverAndSaysTheSame(whole);
        aStreamSaysTheSame(whole);
        bothProcessesAtOnceScoreNothingTwice();
        scoresThatShiftForLongAreToldToManagersOnce();
        aWordBecomesAnAnswer();
        whatNobodyJudgedIsDroppedAfterAWhile();
        aBrokerCarriesPointsAndAnotherProcessGoesOn();
    }

    private void takenInTurnsByTwoProcesses(double[] whole) {
        LiveScoring other = anotherProcess();
        Random sizes = new Random(3);
        int turn = 0;
        for (int from = 0; from < 300;) {
            int to = Math.min(300, from + 1 + sizes.nextInt(60));
            LiveScoring taker = turn++ % 3 == 0 ? other : scoring;
            if (turn == 4) {
                undone(taker, points(from, to));
            }
            List<LiveScoring.Said> said = score(taker, points(from, to));
            for (int t = from; t < to; t++) {
                assertEquals(whole[t], said.get(t - from).probability(), SAME, "point " + t);
            }
            from = to;
        }
        LiveBoard board = board();
        assertEquals(300, board.series().getFirst().points());
        List<LiveAnomaly> burst = board.newest().stream().filter(one -> one.from().isBefore(at(BURST + LONG)) && !one.to().isBefore(at(BURST))).toList();
        assertEquals(1, burst.size(), "one anomaly where one was planted: " + board.newest());
        assertFalse(burst.getFirst().open());
        assertEquals("load", burst.getFirst().channel());
        assertEquals(board.newest().size(), sample.number("""
                select coalesce((select sum(facts) from webhook_delivery d join webhook w on w.id = d.webhook_id where w.project_id = ? and d.event = 'anomaly.found'), 0)
                  + (select count(*) from webhook_event e join webhook w on w.id = e.webhook_id where w.project_id = ? and e.event = 'anomaly.found')""",
                team.project(), team.project()), "each is told to webhooks once");
    }

    /** A transaction that fails leaves nothing behind, neither in the tables nor in the process. */
    private void undone(LiveScoring taker, List<LiveScoring.Point> points) {
        assertThrows(IllegalStateException.class, () -> QuarkusTransaction.requiringNew().run(() -> {
            score(taker, points);
            throw new IllegalStateException("the power fails");
        }));
    }

    private void whatDoesNotFitIsToldApart() {
        List<LiveScoring.Said> said = score(scoring, List.of(point(299), point(280), new LiveScoring.Point(at(250).plusSeconds(7), List.of(10.0)),
                new LiveScoring.Point(clock.instant().plusSeconds(200_000), List.of(10.0))));
        assertEquals(List.of(LiveFate.LATE, LiveFate.DUPLICATE, LiveFate.DUPLICATE, LiveFate.FUTURE), said.stream().map(LiveScoring.Said::fate).toList());
        LiveBoard.Line line = board().series().getFirst();
        assertEquals(List.of(300L, 1L, 2L, 1L), List.of(line.points(), line.late(), line.duplicates(), line.refused()));
        assertThrows(Refused.class, () -> score(scoring, List.of(new LiveScoring.Point(at(301), List.of(1.0, 2.0)))));
        assertThrows(OutOfReach.class, () -> ActingAs.person(team.manager(), () -> scoring.score(team.project(), series.id() + 100_000, points(300, 301))));
        bench.carryIn(team.manager(), team.project(), "unknown", 4);
        long unknown = store.ofProject(team.project()).stream().filter(one -> one.name().equals("unknown")).findFirst().orElseThrow().id();
        assertTrue(said(assertThrows(Refused.class, () -> ActingAs.person(team.manager(), () -> scoring.score(team.project(), unknown, points(300, 301))))).contains("unknown"));
        sample.execute("delete from series where id = ?", unknown);
    }

    private void anotherModelTakesOverAndSaysTheSame(double[] whole) {
        long before = detectors.current(series.id()).orElseThrow().id();
        approve();
        assertNotEquals(before, detectors.current(series.id()).orElseThrow().id());
        List<LiveScoring.Said> said = score(scoring, points(300, 400));
        for (int t = 300; t < 400; t++) {
            assertEquals(whole[t], said.get(t - 300).probability(), SAME, "point " + t + ", scored by the detector that took over from the recent points");
        }
    }

    private void aStreamSaysTheSame(double[] whole) throws IOException {
        approved.refresh();
        StreamSteps.Out out = new StreamSteps(topology, records, series.id()).sent(moments(0, 300), values(0, 300));
        for (int t = 0; t < 300; t++) {
            assertEquals(whole[t], out.probabilities().get(at(t).toEpochMilli()), SAME, "point " + t);
        }
        List<Found> burst = out.anomalies().stream().filter(one -> one.from().isBefore(at(BURST + LONG)) && !one.to().isBefore(at(BURST))).toList();
        assertEquals(1, burst.stream().map(Found::from).distinct().count());
        assertTrue(burst.getFirst().open() && !burst.getLast().open(), "told when it begins and when it is over");
        assertEquals(BURST + LONG, Found.unpacked(burst.getLast().excerpt()).size() - LiveSeries.GAP, 3, "it has what came before it along");
        assertEquals(3, out.refusals().size(), "what cannot be scored goes aside, with the reason: " + out.refusals());
    }

    /** A real broker; the second process has nothing of the first but what the broker keeps. */
    private void aBrokerCarriesPointsAndAnotherProcessGoesOn() throws Exception {
        series = store.find(series.id()).orElseThrow();
        approve();
        int first = 4_000;
        double[] whole = asAWhole(first, 400);
        try (TestBroker broker = TestBroker.start()) {
            process.start(broker.servers());
            broker.send("laudable.points", series.id(), moments(first, first + 200), values(first, first + 200));
            Eventually.holds("the first 200 are scored", () -> board().series().getFirst().points() == 200);
            Eventually.holds("all were taken", () -> registry.get("laudable.live.lag").tag("reader", "SCORING").gauge().value() == 0);
            assertTrue(scoredBy("KAFKA") >= 200);
            process.stop();
            StreamProcess other = new StreamProcess(config, topology, approved, intake, records, metrics);
            other.start(broker.servers());
            broker.send("laudable.points", series.id(), moments(first + 100, first + 400), values(first + 100, first + 400));
            Eventually.holds("all are scored, those sent again are not", () -> board().series().getFirst().points() == 400 && board().series().getFirst().duplicates() == 100);
            other.stop();
        }
        List<Float> recent = board().series().getFirst().recent();
        for (int i = 0; i < recent.size(); i++) {
            assertEquals(whole[400 - recent.size() + i], recent.get(i), SAME, "score " + i + " of the last");
        }
        assertTrue(said(assertThrows(Refused.class, () -> score(scoring, points(first + 400, first + 401)))).contains("Kafka"));
    }

    private static long[] moments(int from, int to) {
        return IntStream.range(from, to).mapToLong(t -> at(t).toEpochMilli()).toArray();
    }

    private static double[] values(int from, int to) {
        return IntStream.range(from, to).mapToDouble(LiveScoringTest::value).toArray();
    }

    private void bothProcessesAtOnceScoreNothingTwice() throws Exception {
        LiveScoring other = anotherProcess();
        List<Callable<Integer>> takers = List.of(() -> scoredBy(scoring), () -> scoredBy(other));
        int scored = 0;
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            for (Future<Integer> one : both.invokeAll(takers)) {
                scored += one.get();
            }
        }
        assertEquals(200, scored);
        assertEquals(600, board().series().getFirst().points());
        assertEquals(sample.number("select count(distinct from_at) from live_anomaly where series_id = ?", series.id()),
                sample.number("select count(*) from live_anomaly where series_id = ?", series.id()));
    }

    private int scoredBy(LiveScoring taker) {
        int scored = 0;
        for (int from = 400; from < 600; from += 5) {
            scored += (int) score(taker, points(from, from + 5)).stream().filter(one -> one.fate() == LiveFate.SCORED).count();
        }
        return scored;
    }

    private void scoresThatShiftForLongAreToldToManagersOnce() {
        Random random = new Random(5);
        for (int from = 700; from < 3_400; from += 900) {
            List<LiveScoring.Point> odd = new ArrayList<>();
            for (int t = from; t < from + 900; t++) {
                odd.add(new LiveScoring.Point(at(t), List.of(10 + 5 * random.nextGaussian())));
            }
            score(scoring, odd);
        }
        LiveBoard.Line line = board().series().getFirst();
        assertTrue(line.drifted() && line.drift() > Drift.SHIFTED, "the index is " + line.drift());
        assertEquals(1, sample.number("select count(*) from notification where project_id = ? and kind = 'LIVE_DRIFT'", team.project()));
        assertTrue(line.gaps() > 0, "the hundred missing points are a gap");
    }

    private void aWordBecomesAnAnswer() {
        LiveAnomaly burst = board().newest().stream().filter(one -> one.from().isBefore(at(BURST + LONG)) && !one.to().isBefore(at(BURST))).findFirst().orElseThrow();
        ActingAs.person(team.manager(), () -> live.judge(team.project(), burst.id(), Meaning.ANOMALY, "a burst"));
        assertEquals(1, board().awaiting());
        assertThrows(Refused.class, () -> ActingAs.person(team.manager(), () -> harvest.takeIn(team.project())), "while a run goes on");
        ActingAs.person(team.manager(), () -> runs.stop(team.project()));
        int before = store.find(series.id()).orElseThrow().points();
        assertEquals(1, ActingAs.person(team.manager(), () -> harvest.takeIn(team.project())));
        SeriesInfo grown = store.find(series.id()).orElseThrow();
        assertTrue(grown.points() >= before + BURST + LONG, "the burst and what came before it are in the series");
        long from = sample.number("""
                select r.interval_from from resolution r join item i on i.id = r.item_id join label_class c on c.id = r.class_id
                where i.series_id = ? and r.superseded_at is null and c.meaning = 'ANOMALY' and i.point >= ?""", series.id(), before);
        assertEquals(burst.from().toEpochMilli(), store.times(series.id())[(int) from], "the answer is about the very points");
        assertTrue(board().newest().stream().filter(one -> one.id() == burst.id()).findFirst().orElseThrow().taken());
        assertTrue(said(assertThrows(Refused.class, () -> ActingAs.person(team.manager(), () -> live.judge(team.project(), burst.id(), null, null)))).contains("already"));
        assertThrows(Refused.class, () -> ActingAs.person(team.manager(), () -> harvest.takeIn(team.project())), "nothing waits any more");
    }

    private void whatNobodyJudgedIsDroppedAfterAWhile() {
        for (int i = 0; i < 4; i++) {
            sample.execute("""
                    insert into live_anomaly (series_id, project_id, version, from_at, to_at, peak_at, probability, points, channel, signal, open, found_at, meaning)
                    select ?, ?, '1-1', at, at, at, .9, 1, 'load', 'VAE', false, at, ? from (select now() - make_interval(days => ?, secs => ?) as at) old""",
                    series.id(), team.project(), i == 1 ? "NORMAL" : null, i < 3 ? 91 : 89, i);
        }
        long before = sample.number("select count(*) from live_anomaly where project_id = ?", team.project());
        assertTrue(cleaning.clean() >= 2);
        assertEquals(before - 2, sample.number("select count(*) from live_anomaly where project_id = ?", team.project()));
        assertEquals(1, sample.number("select count(*) from live_anomaly where project_id = ? and meaning = 'NORMAL' and found_at < now() - interval '90 days'", team.project()));
        sample.execute("delete from live_anomaly where project_id = ? and version = '1-1' and points = 1 and found_at < now() - interval '80 days'", team.project());
    }

    private void approve() {
        String version = ActingAs.person(team.manager(), () -> models.order(team.project())).version();
        Eventually.holds("the file is made", () -> ActingAs.person(team.manager(), () -> models.list(team.project())).getFirst().state() == KeptModel.State.READY);
        ActingAs.person(team.manager(), () -> approvals.approve(team.project(), version));
        Eventually.holds("the model is live", () -> {
            LiveBoard board = board();
            if (board.next() != null && board.next().error() != null) {
                throw new AssertionError(board.next().error());
            }
            return board.next() == null && board.model() != null;
        });
    }

    /** Probabilities of the live points, from the engine's batch path over stored and live points at once. */
    private double[] asAWhole(int first, int count) {
        Detector detector = detectors.current(series.id()).orElseThrow();
        Series stored = store.load(series.id());
        int known = stored.seconds().length;
        long[] seconds = Arrays.copyOf(stored.seconds(), known + count);
        double[] values = Arrays.copyOf(stored.values()[0], known + count);
        for (int t = 0; t < count; t++) {
            seconds[known + t] = at(first + t).getEpochSecond();
            values[known + t] = value(first + t);
        }
        Series all = new Series(stored.name(), stored.channels(), seconds, new double[][] {values}, stored.history());
        double[] score = detector.bundle().model().scores(detector.bundle().signals().apply(all, Potential.statistical())).score();
        double[] probabilities = new double[count];
        for (int t = 0; t < count; t++) {
            probabilities[t] = OperatingPoint.atUsualCosts(score[known - stored.history() + t], detector.described().anchor());
        }
        return probabilities;
    }

    private double scoredBy(String path) {
        return registry.get("laudable.live.points").tag("path", path).counter().count();
    }

    private LiveScoring anotherProcess() {
        return new LiveScoring(detectors, states, past, telling, store, access, clock, metrics);
    }

    private List<LiveScoring.Said> score(LiveScoring taker, List<LiveScoring.Point> points) {
        return ActingAs.person(team.manager(), () -> QuarkusTransaction.joiningExisting().call(() -> taker.score(team.project(), series.id(), points)));
    }

    private LiveBoard board() {
        return ActingAs.person(team.manager(), () -> live.board(team.project()));
    }

    private static List<LiveScoring.Point> points(int from, int to) {
        List<LiveScoring.Point> points = new ArrayList<>();
        for (int t = from; t < to; t++) {
            points.add(point(t));
        }
        return points;
    }

    private static LiveScoring.Point point(int t) {
        return new LiveScoring.Point(at(t), List.of(value(t)));
    }

    /** The rhythm goes on, and a burst is planted. */
    private static double value(int t) {
        return 10 + 4 * Math.sin(2 * Math.PI * (PlantedSeries.POINTS + t) / 144) + .3 * new Random(t).nextGaussian() + (t >= BURST && t < BURST + LONG ? 9 : 0);
    }

    private static Instant at(int t) {
        return PlantedSeries.at(PlantedSeries.POINTS + t);
    }

    private static String said(Refused refused) {
        return refused.getMessage();
    }
}
