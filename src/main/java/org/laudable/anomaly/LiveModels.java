package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.engine.series.Bundle;
import org.laudable.engine.series.OperatingPoint;
import org.laudable.engine.series.Potential;
import org.laudable.engine.series.RewardScaling;
import org.laudable.engine.series.Series;
import org.laudable.engine.series.SeriesLearner;
import org.laudable.engine.series.SeriesModel;
import org.laudable.engine.series.SignalModel;
import org.laudable.engine.series.TrainingWatch;
import org.laudable.labeling.WindowVerdict;
import org.laudable.loop.Run;
import org.laudable.loop.Runs;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/**
 * The detectors that score point by point. A run's own look around each point, also ahead, which nothing live can; these
 * have the same scales, VAE and patterns, features that use nothing after a point, and learn from the same answers. One
 * is made when it is first asked for after a round, in a training turn of some seconds, and kept until the next; a file
 * gets one that has learned from all answers there are when it is ordered.
 */
@ApplicationScoped
class LiveModels {
    private final Runs runs;
    private final SeriesStore store;
    private final ModelRepository models;
    private final SeriesSessions sessions;
    private final Verdicts verdicts;
    private final TrainingTurn turn;
    private final LoopJson settings;
    private final Sql sql;

    LiveModels(Runs runs, SeriesStore store, ModelRepository models, SeriesSessions sessions, Verdicts verdicts, TrainingTurn turn, LoopJson settings, Sql sql) {
        this.runs = runs;
        this.store = store;
        this.models = models;
        this.sessions = sessions;
        this.verdicts = verdicts;
        this.turn = turn;
        this.settings = settings;
        this.sql = sql;
    }

    /** The detector of a series, with the answers of its newest round at least; empty while the series is not fitted. */
    Optional<Bundle> of(SeriesInfo info, FittedSeries fitted) {
        Optional<byte[]> kept = kept(fitted);
        return (kept.isPresent() ? kept : bytes(info, fitted, heard(fitted, verdicts.bySeries(info.projectId())))).map(LiveModels::read);
    }

    /** What people said of a series, if it has begun to learn from that. */
    static List<WindowVerdict> heard(FittedSeries fitted, Map<Long, List<WindowVerdict>> said) {
        return fitted.version() == 0 ? List.of() : said.getOrDefault(fitted.seriesId(), List.of());
    }

    /** The same as the engine's file, having learned from just these answers. */
    Optional<byte[]> bytes(SeriesInfo info, FittedSeries fitted, List<WindowVerdict> said) {
        ExplainedStretches explained = sessions.explained(info, store.times(info.id()), said);
        long key = SeriesAnswers.key(said, explained);
        Optional<byte[]> kept = kept(fitted, key);
        return kept.isPresent() ? kept : turn.take(info.projectId(), info.id(), info.name(), () -> false, watch -> {
            Optional<byte[]> meanwhile = kept(fitted, key);
            if (meanwhile.isPresent()) {
                return meanwhile;
            }
            Optional<byte[]> made = models.bundle(info.id()).map(file -> make(info, fitted, read(file), said, explained, watch));
            made.ifPresent(bundle -> keep(fitted, key, bundle));
            return made;
        });
    }

    /** Where the score of a detector is flagged at the usual costs. */
    static double anchor(SeriesModel model) {
        return model.learned() ? OperatingPoint.forScore() : 0;
    }

    private byte[] make(SeriesInfo info, FittedSeries fitted, Bundle batch, List<WindowVerdict> said, ExplainedStretches explained, TrainingWatch watch) {
        Run run = runs.find(fitted.runId()).orElseThrow();
        DetectionSettings s = settings.of(run);
        Series values = sessions.values(info.id());
        boolean[] usable = new boolean[info.points() - info.history()];
        Arrays.fill(usable, true);
        SignalModel causal = batch.signals().causally(values, usable, watch);
        SeriesLearner learner = new SeriesLearner(causal.apply(values, Potential.statistical(), explained.judged(info.history(), info.points())), usable, s.learner(), s.seed());
        SeriesLearner.Round round = learner.learn(SeriesAnswers.of(said, info.history(), info.points()).answers(), fitted.trainings(),
                new RewardScaling(fitted.lambda()), watch);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new Bundle(causal, round.model(), SeriesWork.threshold(fitted.missCost())).write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Transactional
    Optional<byte[]> kept(FittedSeries fitted) {
        return sql.first("select bundle from series_live_model where series_id = ? and run_id = ? and version = ?", row -> row.getBytes(1),
                fitted.seriesId(), fitted.runId(), fitted.version());
    }

    @Transactional
    Optional<byte[]> kept(FittedSeries fitted, long answersKey) {
        return sql.first("select bundle from series_live_model where series_id = ? and run_id = ? and version = ? and answers_key = ?", row -> row.getBytes(1),
                fitted.seriesId(), fitted.runId(), fitted.version(), answersKey);
    }

    /** @param answersKey what it has really learned from: in the middle of a round more than the round's */
    @Transactional
    void keep(FittedSeries fitted, long answersKey, byte[] bundle) {
        sql.update("delete from series_live_model where series_id = ?", fitted.seriesId());
        sql.update("insert into series_live_model (series_id, run_id, version, answers_key, bundle) values (?, ?, ?, ?, ?)", fitted.seriesId(), fitted.runId(),
                fitted.version(), answersKey, bundle);
    }

    private static Bundle read(byte[] file) {
        try {
            return Bundle.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new IllegalStateException("The model of a series cannot be read: " + e.getMessage(), e);
        }
    }
}
