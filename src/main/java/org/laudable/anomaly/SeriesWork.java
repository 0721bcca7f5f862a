package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.laudable.database.DatabaseAway;
import org.laudable.engine.series.Answers;
import org.laudable.engine.series.OperatingPoint;
import org.laudable.engine.series.RewardScaling;
import org.laudable.engine.series.Series;
import org.laudable.engine.series.SeriesLearner;
import org.laudable.engine.series.SignalModel;
import org.laudable.engine.series.TrainingCancelled;
import org.laudable.engine.series.TrainingStep;
import org.laudable.engine.series.TrainingWatch;
import org.laudable.labeling.WindowVerdict;
import org.laudable.loop.Run;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/** The engine's work on one series: fit it, let it learn, cut it anew. Each takes a training turn and saves its outcome whole. */
@ApplicationScoped
class SeriesWork {
    private static final Logger LOG = Logger.getLogger(SeriesWork.class);
    private static final int MOST_RANKED = 50;

    private final SeriesStore store;
    private final SeriesSessions sessions;
    private final ModelRepository models;
    private final WindowRepository windows;
    private final TrainingRepository trainings;
    private final SeriesResults results;
    private final TrainingTurn turn;
    private final Verdicts verdicts;
    private final DetectionBudget budget;
    private final LoopJson settings;
    private final long memory = Runtime.getRuntime().maxMemory() / 2;

    SeriesWork(SeriesStore store, SeriesSessions sessions, ModelRepository models, WindowRepository windows, TrainingRepository trainings,
            SeriesResults results, TrainingTurn turn, Verdicts verdicts, DetectionBudget budget, LoopJson settings) {
        this.store = store;
        this.sessions = sessions;
        this.models = models;
        this.windows = windows;
        this.trainings = trainings;
        this.results = results;
        this.turn = turn;
        this.verdicts = verdicts;
        this.budget = budget;
        this.settings = settings;
    }

    /**
     * Fits a series; one that cannot be fitted is recorded as such and hinders nobody.
     *
     * @throws TrainingCancelled soon after it is not wanted any more
     */
    void fit(Run run, SeriesInfo info, BooleanSupplier unwanted, TrainingWatch shown) {
        DetectionSettings s = settings.of(run);
        Optional<Unfit> unfit = Unfit.of(info, memory);
        if (unfit.isPresent()) {
            models.unfit(none(run, info, s, unfit.get()));
            return;
        }
        try {
            turn.take(run.projectId(), info.id(), info.name(), unwanted, watch -> {
                fit(run, info, s, step -> {
                    watch.at(step);
                    shown.at(step);
                });
                return null;
            });
        } catch (TrainingCancelled e) {
            throw e;
        } catch (RuntimeException e) {
            if (DatabaseAway.isBehind(e)) {
                throw e; // not the series' fault: the job comes back to it
            }
            LOG.errorf(e, "Series %s cannot be fitted", info.name());
            models.unfit(none(run, info, s, Unfit.FAILED));
        }
    }

    private FittedSeries none(Run run, SeriesInfo info, DetectionSettings s, Unfit unfit) {
        return new FittedSeries(info.id(), info.projectId(), run.id(), 0, Optional.of(unfit), s.fitKey(), 0, 0, 1, missCost(run), 0, 0);
    }

    private double missCost(Run run) {
        return store.settings(run.projectId()).missCost();
    }

    private void fit(Run run, SeriesInfo info, DetectionSettings s, TrainingWatch watch) {
        long began = System.nanoTime();
        Series values = sessions.values(info.id());
        long[] millis = store.times(info.id());
        ExplainedStretches explained = sessions.explained(info, millis, List.of());
        boolean[] usable = new boolean[info.points() - info.history()];
        java.util.Arrays.fill(usable, true);
        SignalModel fitted = SignalModel.fit(values, SignalModel.fitOn(values, usable, new Answers(usable.length)), usable, false, s.seed(), watch);
        SeriesSession session = sessions.begin(info, values, millis, fitted, s, explained);
        SeriesAnswers none = SeriesAnswers.of(List.of(), info.history(), info.points());
        SeriesLearner.Round round = session.learner().learn(none.answers(), 0, RewardScaling.start(), watch);
        session = session.with(round.model(), round.model().scores(session.signals()), LiveModels.anchor(round.model()));
        double cost = missCost(run);
        FittedSeries row = new FittedSeries(info.id(), info.projectId(), run.id(), 0, Optional.empty(), s.fitKey(), 0, 0, 1, cost,
                (System.nanoTime() - began) / 1_000_000, session.anchor());
        results.save(new SeriesResults.Outcome(row, session, List.of(), none, rank(run, s, session, none, 0, 0, threshold(cost))), threshold(cost));
        sessions.keep(row, session);
    }

    static double threshold(double missCost) {
        return OperatingPoint.forMissCost(missCost);
    }

    /**
     * Lets a series learn from all its answers; does nothing if it has learned from just these.
     *
     * @return whether it learned
     */
    boolean learn(Run run, FittedSeries before, List<WindowVerdict> said, BooleanSupplier unwanted) {
        SeriesInfo info = store.find(before.seriesId()).orElseThrow();
        DetectionSettings s = settings.of(run);
        if (before.version() == run.roundNumber() || before.answersKey() == key(info, said)) {
            return false;
        }
        turn.take(run.projectId(), info.id(), info.name(), unwanted, watch -> {
            learn(run, info, s, before, said, watch);
            return null;
        });
        return true;
    }

    /** Which answers and events a series would learn from now. */
    long key(SeriesInfo info, List<WindowVerdict> said) {
        boolean events = !store.events(info.projectId(), info.id()).isEmpty();
        if (said.isEmpty() && !events) {
            return 0;
        }
        long[] millis = events ? store.times(info.id()) : new long[0];
        return SeriesAnswers.key(said, sessions.explained(info, millis, said));
    }

    private void learn(Run run, SeriesInfo info, DetectionSettings s, FittedSeries before, List<WindowVerdict> said, TrainingWatch watch) {
        long began = System.nanoTime();
        watch.at(new TrainingStep("signals", 0, 2, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN));
        SeriesSession session = sessions.get(before, s, Optional.of(said));
        SeriesAnswers answers = SeriesAnswers.of(said, info.history(), info.points());
        int number = before.trainings() + 1;
        java.util.ArrayList<TrainingStep> agent = new java.util.ArrayList<>();
        SeriesLearner.Round round = session.learner().learn(answers.answers(), number, new RewardScaling(before.lambda()), step -> {
            watch.at(step);
            if (step.phase().equals("agent")) {
                agent.add(step);
            }
        });
        session = session.with(round.model(), round.scores(), OperatingPoint.forScore());
        double cost = missCost(run);
        FittedSeries row = new FittedSeries(info.id(), info.projectId(), run.id(), run.roundNumber(), Optional.empty(), s.fitKey(),
                SeriesAnswers.key(said, session.explained()), number, round.scaling().lambda(), cost, before.fitMillis(), session.anchor());
        List<RankedWindow> ranked = rank(run, s, session, answers, number, run.roundNumber(), threshold(cost));
        trainings.save(run.id(), info.id(), run.roundNumber(), answers.answers().size(), answers.answers().positives(), round.episodeReward(),
                round.lambda(), RewardScaling.beta(number), agent, round.model().provenance().toString(), (System.nanoTime() - began) / 1_000_000);
        results.save(new SeriesResults.Outcome(row, session, round.pseudo(), answers, ranked), threshold(cost));
        sessions.keep(row, session);
    }

    private List<RankedWindow> rank(Run run, DetectionSettings s, SeriesSession session, SeriesAnswers answers, int trainings, int version, double threshold) {
        int series = store.ofProject(run.projectId()).size();
        int count = Math.clamp(2 * s.batchSize(), 8, MOST_RANKED);
        return WindowRanking.rank(session, s, answers, windows.held(session.info().id()), trainings, version, threshold, count,
                budget.answersPerSeries(run.projectId(), series), WindowReason.in(s.language()));
    }

    /** Puts what a language model has said of windows since the last training into a series' scores; learns nothing. */
    void heed(Run run, FittedSeries fitted, List<WindowVerdict> said, BooleanSupplier unwanted) {
        SeriesInfo info = store.find(fitted.seriesId()).orElseThrow();
        DetectionSettings s = settings.of(run);
        turn.take(run.projectId(), info.id(), info.name(), unwanted, watch -> {
            FittedSeries now = models.find(info.id()).orElse(fitted);
            SeriesSession session = sessions.get(now, s, Optional.of(said));
            SeriesAnswers answers = SeriesAnswers.of(said, info.history(), info.points());
            double threshold = threshold(missCost(run));
            results.heed(session, now, threshold, answers, rank(run, s, session, answers, now.trainings(), now.version(), threshold));
            return null;
        });
    }

    /** Cuts the flagged stretches of a series anew by the project's costs. */
    void cut(Run run, FittedSeries fitted, BooleanSupplier unwanted) {
        SeriesInfo info = store.find(fitted.seriesId()).orElseThrow();
        double cost = missCost(run);
        turn.take(run.projectId(), info.id(), info.name(), unwanted, watch -> {
            SeriesSession session = sessions.get(fitted, settings.of(run), Optional.empty());
            results.cut(session, fitted, cost, threshold(cost), SeriesAnswers.of(verdicts.bySeries(run.projectId())
                    .getOrDefault(info.id(), List.of()), info.history(), info.points()));
            return null;
        });
    }
}
