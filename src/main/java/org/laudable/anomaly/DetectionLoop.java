package org.laudable.anomaly;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.laudable.database.Sql;
import org.laudable.engine.series.TrainingCancelled;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobPriority;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.TaskQueue;
import org.laudable.labeling.WindowVerdict;
import org.laudable.loop.CannotGoOn;
import org.laudable.loop.Loop;
import org.laudable.loop.Note;
import org.laudable.loop.Round;
import org.laudable.loop.Rounds;
import org.laudable.loop.Run;
import org.laudable.loop.RunState;
import org.laudable.loop.RunWatch;
import org.laudable.loop.Runs;
import org.laudable.project.ProjectKind;
import org.laudable.series.SeriesAdded;
import org.laudable.series.SeriesStore;

/** The loop of series projects. A batch closes by its count of answers, wherever they lie. */
@ApplicationScoped
class DetectionLoop implements Loop {
    /** Fitting takes long: it must not take all workers from the trainings that people wait for. */
    private static final int FITS_AT_A_TIME = 2;
    /** With many series, asking begins with those that are fitted by then. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(40);

    private final Runs runs;
    private final Rounds rounds;
    private final FitJob fits;
    private final JudgeJob judges;
    private final SeriesWork work;
    private final SeriesStore store;
    private final ModelRepository models;
    private final Verdicts verdicts;
    private final QueueFill fill;
    private final TaskQueue queue;
    private final DetectionBudget budget;
    private final LoopJson json;
    private final RunWatch watch;
    private final Sql sql;

    DetectionLoop(Runs runs, Rounds rounds, FitJob fits, JudgeJob judges, SeriesWork work, SeriesStore store, ModelRepository models, Verdicts verdicts,
            QueueFill fill, TaskQueue queue, DetectionBudget budget, LoopJson json, RunWatch watch, Sql sql) {
        this.runs = runs;
        this.rounds = rounds;
        this.fits = fits;
        this.judges = judges;
        this.work = work;
        this.store = store;
        this.models = models;
        this.verdicts = verdicts;
        this.fill = fill;
        this.queue = queue;
        this.budget = budget;
        this.json = json;
        this.watch = watch;
        this.sql = sql;
    }

    @Override
    public ProjectKind kind() {
        return ProjectKind.SERIES;
    }

    void added(@Observes SeriesAdded news) {
        watch.wake(news.projectId());
    }

    @Override
    public void attend(Run run) {
        if (!runs.importing(run.projectId()) && fits.due(run).any() && unfinished(FitJob.KIND) < FITS_AT_A_TIME) {
            watch.submit(FitJob.KIND, run, JobPriority.NORMAL);
        }
        if (judges.due(run)) {
            watch.submit(JudgeJob.KIND, run, JobPriority.NORMAL);
        }
        if ((run.state() == RunState.LABELING || run.state() == RunState.TRAINING) && fill.low(run) && !fill.empty(run)) {
            QuarkusTransaction.requiringNew().run(() -> fill.fill(run.id())); // at once: nobody waits for a job, or for a training
        }
    }

    @Override
    public void clearQueue(Run run) {
        queue.withdrawUnheld(run.projectId(), Purpose.TRAIN);
    }

    /** Models, anomalies and answers stay. */
    @Override
    public void end(Run run, RunState state) {
        clearQueue(run);
        runs.move(run.id(), state);
    }

    private long unfinished(String kind) {
        return sql.number("select count(*) from job where kind = ? and state in ('WAITING', 'RUNNING')", kind);
    }

    @Override
    public boolean due(Run run) {
        return switch (run.state()) {
            case PREPARING -> ready(run);
            case LABELING -> answered(run) >= batch(run) || ends(run);
            case TRAINING -> true;
            default -> false;
        };
    }

    /** Whether asking can begin: every series is fitted, or some are and people have waited long enough. */
    private boolean ready(Run run) {
        if (runs.importing(run.projectId())) {
            return false;
        }
        List<FittedSeries> there = models.ofProject(run.projectId()).stream().filter(m -> m.runId() == run.id()).toList();
        boolean all = there.size() >= store.ofProject(run.projectId()).size() && !there.isEmpty();
        boolean waited = Duration.between(run.createdAt(), runs.now()).compareTo(LONGEST_WAIT) > 0;
        return all || waited && there.stream().anyMatch(FittedSeries::fitted);
    }

    private int batch(Run run) {
        return json.of(run).batchSize();
    }

    /** Answers of the round so far; an undone one counts no more. */
    private int answered(Run run) {
        int before = rounds.find(run.id(), run.roundNumber()).map(Round::answersBefore).orElse(0);
        return Math.max(0, verdicts.count(run.projectId()) - before);
    }

    /** Whether nothing more can be asked: the money is spent, or every window worth asking has its answer. */
    private boolean ends(Run run) {
        if (budget.spent(run.projectId())) {
            return budget.summary(run.projectId()).reservedMicros() == 0;
        }
        return exhausted(run);
    }

    private boolean exhausted(Run run) {
        return queue.open(run.projectId(), Purpose.TRAIN) == 0 && fill.empty(run) && !fits.due(run).any();
    }

    @Override
    public boolean advance(Run run, JobContext job) {
        return switch (run.state()) {
            case PREPARING -> begin(run);
            case LABELING -> close(run);
            case TRAINING -> train(run, job);
            default -> false;
        };
    }

    private boolean begin(Run run) {
        if (models.ofProject(run.projectId()).stream().noneMatch(m -> m.runId() == run.id() && m.fitted())) {
            throw new CannotGoOn("run.note.series");
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            Run now = runs.lock(run.id()).orElseThrow();
            if (now.state() != RunState.PREPARING) {
                return false;
            }
            int answers = verdicts.count(run.projectId());
            rounds.open(run.id(), 0, false, 0);
            rounds.done(run.id(), 0, 0, 0, budget.summary(run.projectId()).settledMicros(), json.write(figures(run, 0)), "{}", fitMillis(run));
            rounds.open(run.id(), 1, answers > 0, answers > 0 ? 0 : answers);
            runs.round(run.id(), 1);
            runs.move(run.id(), answers > 0 ? RunState.TRAINING : RunState.LABELING);
            fill.fill(run.id());
            return true;
        });
    }

    private long fitMillis(Run run) {
        return models.ofProject(run.projectId()).stream().mapToLong(FittedSeries::fitMillis).sum();
    }

    private RoundFigures figures(Run run, int learned) {
        int anomalies = (int) sql.number("select count(*) from series_segment where project_id = ?", run.projectId());
        int measured = (int) sql.number("""
                select count(*) from asked_window a join item i on i.series_id = a.series_id and i.point = a.point
                join resolution r on r.item_id = i.id and r.superseded_at is null and r.outcome = 'LABEL'
                where a.run_id = ? and a.at_random""", run.id());
        return new RoundFigures(anomalies, learned, measured);
    }

    private boolean close(Run run) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Run now = runs.lock(run.id()).orElseThrow();
            if (now.state() != RunState.LABELING || now.roundNumber() != run.roundNumber()) {
                return false;
            }
            int answered = answered(now);
            if (answered < batch(now)) {
                boolean spent = budget.spent(now.projectId());
                runs.stopReason(now.id(), spent ? "budget" : "exhausted", Note.of(spent ? "run.rule.budget" : "anomaly.rule.exhausted"));
                queue.withdrawUnheld(now.projectId(), Purpose.TRAIN);
                if (answered == 0) {
                    end(now, RunState.FINISHED);
                    return true;
                }
            }
            rounds.close(now.id(), now.roundNumber());
            runs.batchComplete(now.id(), now.roundNumber());
            runs.move(now.id(), RunState.TRAINING);
            return true;
        });
    }

    private boolean train(Run run, JobContext job) {
        long began = System.nanoTime();
        long cost = budget.summary(run.projectId()).settledMicros();
        int answers = verdicts.count(run.projectId());
        Map<Long, List<WindowVerdict>> said = verdicts.bySeries(run.projectId());
        try {
            for (FittedSeries series : models.ofProject(run.projectId())) {
                if (series.fitted() && series.runId() == run.id()) {
                    work.learn(run, series, said.getOrDefault(series.seriesId(), List.of()), () -> unwanted(run, job));
                }
            }
        } catch (TrainingCancelled e) {
            return false; // paused, stopped, or this process ends: done again when it goes on
        }
        long millis = (System.nanoTime() - began) / 1_000_000;
        return QuarkusTransaction.requiringNew().call(() -> complete(run, answers, cost, millis));
    }

    private boolean unwanted(Run run, JobContext job) {
        return job.cancelled() || runs.find(run.id()).map(r -> r.state() != RunState.TRAINING).orElse(true);
    }

    private boolean complete(Run run, int answers, long cost, long millis) {
        Run now = runs.lock(run.id()).orElseThrow();
        boolean paused = now.state() == RunState.PAUSED && now.leftState() == RunState.TRAINING;
        if (now.roundNumber() != run.roundNumber() || now.state() != RunState.TRAINING && !paused) {
            return false; // stopped, or finished by another process, meanwhile
        }
        int learned = (int) sql.number("select count(*) from series_training where run_id = ? and round_number = ?", now.id(), now.roundNumber());
        RoundFigures figures = figures(now, learned);
        rounds.close(now.id(), now.roundNumber());
        rounds.done(now.id(), now.roundNumber(), answers, figures.measured(), cost, json.write(figures), "{}", millis);
        runs.batchReady(now.id(), now.roundNumber(), answers);
        if (now.stopRule() != null) {
            end(now, RunState.FINISHED);
            return true;
        }
        rounds.open(now.id(), now.roundNumber() + 1, false, answers);
        runs.round(now.id(), now.roundNumber() + 1);
        fill.withdraw(now);
        if (paused) {
            runs.goOnFrom(now.id(), RunState.LABELING);
            return false;
        }
        runs.move(now.id(), RunState.LABELING);
        fill.fill(now.id());
        return true;
    }
}
