package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.laudable.database.Sql;
import org.laudable.engine.evaluation.Binomial;
import org.laudable.jobs.Job;
import org.laudable.jobs.JobService;
import org.laudable.jobs.JobState;
import org.laudable.loop.Figure;
import org.laudable.loop.Round;
import org.laudable.loop.Rounds;
import org.laudable.loop.Run;
import org.laudable.loop.Runs;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/** Reads together what the page of a run over series shows. */
@ApplicationScoped
class DetectionReport {
    private static final int NEWEST_JOBS = 30;
    private static final int PACE_MINUTES = 10;
    private static final double CONFIDENCE = .95;

    private final Runs runs;
    private final Rounds rounds;
    private final ModelRepository models;
    private final WindowRepository windows;
    private final TrainingRepository trainings;
    private final TrainingTurn turn;
    private final Verdicts verdicts;
    private final DetectionBudget budget;
    private final SeriesStore store;
    private final LoopJson json;
    private final JobService jobs;
    private final Sql sql;
    private final Clock clock;

    DetectionReport(Runs runs, Rounds rounds, ModelRepository models, WindowRepository windows, TrainingRepository trainings,
            TrainingTurn turn, Verdicts verdicts, DetectionBudget budget, SeriesStore store, LoopJson json, JobService jobs, Sql sql, Clock clock) {
        this.clock = clock;
        this.runs = runs;
        this.rounds = rounds;
        this.models = models;
        this.windows = windows;
        this.trainings = trainings;
        this.turn = turn;
        this.verdicts = verdicts;
        this.budget = budget;
        this.store = store;
        this.json = json;
        this.jobs = jobs;
        this.sql = sql;
    }

    DetectionView of(Run run) {
        DetectionSettings s = json.of(run);
        List<WindowRepository.Measured> measured = windows.measured(run.id());
        List<DetectionView.RoundLine> lines = rounds.of(run.id()).stream().filter(Round::done).map(r -> line(run, r, measured)).toList();
        return new DetectionView(run.id(), run.state(), run.leftState(), run.stateSince(), runs.starter(run.id()).orElse("?"), run.createdAt(),
                run.finishedAt(), run.stopRule(), run.stopReason(), run.error(), s.preset(), s.acquisition(), run.roundNumber(), fitting(run), batch(run, s),
                turn.live(run.projectId()).map(DetectionReport::live), turn.before(run.projectId()), budget.summary(run.projectId()),
                quality(measured), lines, trainings.ofRun(run.id()));
    }

    private DetectionView.RoundLine line(Run run, Round r, List<WindowRepository.Measured> measured) {
        RoundFigures figures = r.metrics() == null ? new RoundFigures(0, 0, 0) : json.read(r.metrics(), RoundFigures.class);
        Instant at = r.closedAt() == null ? r.startedAt() : r.closedAt();
        return new DetectionView.RoundLine(r.number(), r.labels(), figures.anomalies(), figures.series(),
                quality(measured.stream().filter(m -> m.round() <= r.number()).toList()), r.costMicros(),
                Duration.between(run.createdAt(), at), r.trainMillis() == null ? 0 : r.trainMillis(), r.trainedAt());
    }

    static DetectionView.Quality quality(List<WindowRepository.Measured> measured) {
        int right = (int) measured.stream().filter(m -> m.flagged() == m.anomalous()).count();
        int flagged = (int) measured.stream().filter(WindowRepository.Measured::flagged).count();
        int found = (int) measured.stream().filter(m -> m.flagged() && m.anomalous()).count();
        return new DetectionView.Quality(measured.size(), figure(right, measured.size()), flagged, figure(found, flagged));
    }

    private static Figure figure(int right, int all) {
        return all == 0 ? null : Figure.of((double) right / all, Binomial.wilson(right, all, CONFIDENCE));
    }

    private static DetectionView.Live live(TrainingTurn.Live live) {
        return new DetectionView.Live(live.series(), live.step().phase(), live.step().step(), live.step().steps(), live.agent().stream()
                .map(a -> new TrainingRun.Step(a.step(), known(a.loss()), known(a.episodeReward()), known(a.lambda()), known(a.beta()), known(a.epsilon())))
                .toList());
    }

    private static Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private DetectionView.Fitting fitting(Run run) {
        List<SeriesInfo> all = store.ofProject(run.projectId());
        Map<Long, SeriesInfo> byId = all.stream().collect(Collectors.toMap(SeriesInfo::id, Function.identity()));
        List<FittedSeries> there = models.ofProject(run.projectId()).stream().filter(m -> m.runId() == run.id()).toList();
        List<DetectionView.NotSearched> unfit = new ArrayList<>();
        there.stream().filter(m -> byId.containsKey(m.seriesId()))
                .forEach(m -> m.unfit().ifPresent(why -> unfit.add(new DetectionView.NotSearched(m.seriesId(), byId.get(m.seriesId()).name(), why))));
        Optional<Job> job = there.size() >= all.size() ? Optional.empty() : jobs.ofProject(run.projectId(), NEWEST_JOBS).stream()
                .filter(one -> one.kind().equals(FitJob.KIND) && one.state() == JobState.RUNNING).findFirst();
        return new DetectionView.Fitting(there.size(), all.size(), job.map(Job::message), job.flatMap(one -> one.timeLeft(clock.instant())), unfit);
    }

    private DetectionView.Batch batch(Run run, DetectionSettings s) {
        int before = rounds.find(run.id(), run.roundNumber()).map(Round::answersBefore).orElse(0);
        int answered = Math.max(0, verdicts.count(run.projectId()) - before);
        long recent = sql.number("""
                select count(*) from resolution r join item i on i.id = r.item_id and i.series_id is not null
                where r.project_id = ? and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER')
                  and r.created_at > now() - make_interval(mins => ?)""", run.projectId(), PACE_MINUTES);
        Optional<Duration> left = recent < 3 || answered >= s.batchSize() ? Optional.empty()
                : Optional.of(Duration.ofSeconds((long) (s.batchSize() - answered) * PACE_MINUTES * 60 / recent));
        return new DetectionView.Batch(Math.min(answered, s.batchSize()), s.batchSize(), left);
    }
}
