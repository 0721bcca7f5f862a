package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.engine.series.Bundle;
import org.laudable.engine.series.Series;
import org.laudable.engine.series.SeriesLearner;
import org.laudable.engine.series.SeriesModel;
import org.laudable.engine.series.SignalModel;
import org.laudable.engine.series.Signals;
import org.laudable.labeling.WindowVerdict;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/** Keeps the series used last in memory, as many as fit; the others come back from the tables. */
@ApplicationScoped
class SeriesSessions {
    private final SeriesStore series;
    private final ModelRepository models;
    private final JudgementRepository judgements;
    private final SeriesStarts starts;
    private final long room = Runtime.getRuntime().maxMemory() / 4;
    private final Map<Long, Kept> kept = new LinkedHashMap<>(16, .75f, true);

    SeriesSessions(SeriesStore series, ModelRepository models, JudgementRepository judgements, SeriesStarts starts) {
        this.series = series;
        this.models = models;
        this.judgements = judgements;
        this.starts = starts;
    }

    private record Kept(long runId, int version, SeriesSession session) {}

    /** Values of a series, once more from the tables. */
    Series values(long seriesId) {
        return series.load(seriesId);
    }

    ExplainedStretches explained(SeriesInfo info, long[] millis, List<WindowVerdict> verdicts) {
        return ExplainedStretches.of(info, millis, series.events(info.projectId(), info.id()), verdicts);
    }

    /** A session of a series just fitted. */
    SeriesSession begin(SeriesInfo info, Series values, long[] millis, SignalModel fitted, DetectionSettings settings, ExplainedStretches explained) {
        JudgedStretches.Listening potential = new JudgedStretches.Listening();
        Signals bare = fitted.apply(values, potential, explained.judged(info.history(), info.points()));
        JudgedStretches judged = judgements.stretches(info.id());
        Signals signals = judged.stretches().isEmpty() ? bare : bare.withPotential(judged.over(potential.heard().severity(), info.history()));
        boolean[] usable = new boolean[signals.length()];
        java.util.Arrays.fill(usable, true);
        SeriesLearner learner = new SeriesLearner(signals, usable, settings.learner(), settings.seed()).beginningWith(starts.of(settings, info));
        return new SeriesSession(info, millis, explained, judged, potential.heard(), fitted, signals, learner, null, null, 0);
    }

    /**
     * The series with its newest model.
     *
     * @param wanted what is to be taken for harmless now; empty: whatever it was when it was last loaded
     */
    synchronized SeriesSession get(FittedSeries fitted, DetectionSettings settings, Optional<List<WindowVerdict>> wanted) {
        Kept there = kept.get(fitted.seriesId());
        boolean fresh = there != null && there.runId() == fitted.runId() && there.version() == fitted.version();
        if (fresh && wanted.isEmpty()) {
            return there.session();
        }
        SeriesInfo info = series.find(fitted.seriesId()).orElseThrow();
        long[] millis = fresh ? there.session().millis() : series.times(info.id());
        ExplainedStretches explained = explained(info, millis, wanted.orElse(List.of()));
        if (fresh && explained.equals(there.session().explained())) {
            JudgedStretches judged = judgements.stretches(info.id());
            SeriesSession same = judged.equals(there.session().judged()) ? there.session() : there.session().judgedBy(judged);
            keep(fitted, same);
            return same;
        }
        SeriesSession session = load(info, millis, fitted, settings, explained);
        keep(fitted, session);
        return session;
    }

    private SeriesSession load(SeriesInfo info, long[] millis, FittedSeries fitted, DetectionSettings settings, ExplainedStretches explained) {
        byte[] file = models.bundle(info.id()).orElseThrow(() -> new IllegalStateException("Series " + info.name() + " is not fitted"));
        try {
            Bundle bundle = Bundle.read(new ByteArrayInputStream(file));
            SeriesSession session = begin(info, values(info.id()), millis, bundle.signals(), settings, explained);
            SeriesModel model = bundle.model();
            return session.with(model, model.scores(session.signals()), fitted.anchor());
        } catch (IOException e) {
            throw new IllegalStateException("The model of series " + info.name() + " cannot be read: " + e.getMessage(), e);
        }
    }

    synchronized void keep(FittedSeries fitted, SeriesSession session) {
        kept.put(fitted.seriesId(), new Kept(fitted.runId(), fitted.version(), session));
        long bytes = kept.values().stream().mapToLong(one -> one.session().bytes()).sum();
        Iterator<Map.Entry<Long, Kept>> oldest = kept.entrySet().iterator();
        while (bytes > room && kept.size() > 1 && oldest.hasNext()) {
            Map.Entry<Long, Kept> next = oldest.next();
            if (next.getKey() != fitted.seriesId()) {
                bytes -= next.getValue().session().bytes();
                oldest.remove();
            }
        }
    }

    synchronized void forget(long seriesId) {
        kept.remove(seriesId);
    }
}
