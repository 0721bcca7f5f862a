package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.laudable.Refused;
import org.laudable.engine.series.Bundle;
import org.laudable.engine.series.Series;
import org.laudable.engine.series.Signals;
import org.laudable.loop.PredictPort;
import org.laudable.loop.Predictions;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectKind;
import org.laudable.project.Role;
import org.laudable.security.OutOfReach;
import org.laudable.series.Channel;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/**
 * A series' newest detector for points from outside: what the series holds before them is their past, nothing of them is
 * stored. For reviewers and managers.
 */
@ApplicationScoped
class SeriesPredictPort implements PredictPort {
    /** So many points before the first asked one are enough for every feature to settle. */
    private static final int PAST = 4_000;

    private final SeriesStore store;
    private final ModelRepository models;
    private final JudgementRepository judgements;
    private final ProjectAccess access;

    SeriesPredictPort(SeriesStore store, ModelRepository models, JudgementRepository judgements, ProjectAccess access) {
        this.store = store;
        this.models = models;
        this.judgements = judgements;
        this.access = access;
    }

    @Override
    public ProjectKind kind() {
        return ProjectKind.SERIES;
    }

    @Override
    public Predictions predict(long projectId, List<String> texts, List<Predictions.Window> windows) {
        access.require(projectId, Role.REVIEWER);
        List<Predictions.Scored> said = new ArrayList<>();
        int version = 0;
        for (Predictions.Window window : windows) {
            SeriesInfo info = store.find(window.seriesId()).filter(one -> one.projectId() == projectId)
                    .orElseThrow(() -> new OutOfReach("There is no such series in the project."));
            FittedSeries fitted = models.find(info.id()).filter(FittedSeries::fitted)
                    .orElseThrow(() -> new Refused("Nothing was learned about '%s' yet. Start a run, and ask again.".formatted(info.name())));
            version = Math.max(version, fitted.version());
            said.add(score(info, fitted, window));
        }
        return new Predictions(version, null, said);
    }

    private Predictions.Scored score(SeriesInfo info, FittedSeries fitted, Predictions.Window window) {
        check(info, window);
        int end = before(info, window.points().getFirst().at());
        int start = Math.max(0, end - PAST);
        if (end - start < 50) {
            throw new Refused("The series '%s' holds fewer than 50 points before the window, too few to say what is usual.".formatted(info.name()));
        }
        Series series = joined(info, window, start, end);
        Bundle bundle = bundle(info);
        JudgedStretches.Listening potential = new JudgedStretches.Listening();
        Signals signals = bundle.signals().apply(series, potential);
        SeriesInfo piece = new SeriesInfo(info.id(), info.projectId(), info.name(), info.channels(), series.length(), end - start,
                info.stepSeconds(), info.startsAt(), info.endsAt(), info.zone(), info.gaps(), info.findings());
        SeriesSession session = new SeriesSession(piece, new long[series.length()], new ExplainedStretches(List.of()),
                new JudgedStretches(List.of(), judgements.stretches(info.id()).trust()), potential.heard(), bundle.signals(), signals, null, bundle.model(), bundle.model().scores(signals), fitted.anchor());
        double[] probability = session.probability();
        double flags = 1 / (1 + fitted.missCost());
        return new Predictions.Scored(info.id(), Arrays.stream(probability).anyMatch(p -> p >= flags), Arrays.stream(probability).boxed().toList());
    }

    private static void check(SeriesInfo info, Predictions.Window window) {
        Instant last = Instant.MIN;
        boolean anything = false;
        for (Predictions.Point point : window.points()) {
            if (!point.at().isAfter(last)) {
                throw new Refused("The points of a window must be in the order of time, each moment once.");
            }
            if (point.values().size() != info.channels().size()) {
                throw new Refused("'%s' has %d channels, a point of the window %d values.".formatted(info.name(), info.channels().size(), point.values().size()));
            }
            anything |= point.values().stream().anyMatch(value -> value != null && Double.isFinite(value));
            last = point.at();
        }
        if (!anything) {
            throw new Refused("The window holds no value.");
        }
        if (window.points().getFirst().at().isBefore(Instant.parse("1900-01-01T00:00:00Z")) || last.isAfter(Instant.parse("2200-01-01T00:00:00Z"))) {
            throw new Refused("The points of a window lie between the years 1900 and 2200.");
        }
    }

    /** How many points of the series lie before a moment. */
    private int before(SeriesInfo info, Instant moment) {
        long[] times = store.times(info.id());
        int at = Arrays.binarySearch(times, moment.toEpochMilli());
        return at >= 0 ? at : -at - 1;
    }

    private Series joined(SeriesInfo info, Predictions.Window window, int start, int end) {
        int past = end - start;
        int points = past + window.points().size();
        long[] millis = store.times(info.id(), start, end);
        double[][] known = store.window(info.id(), start, end);
        long[] seconds = new long[points];
        double[][] values = new double[known.length][points];
        for (int t = 0; t < past; t++) {
            seconds[t] = Math.floorDiv(millis[t], 1_000L);
        }
        for (int c = 0; c < known.length; c++) {
            System.arraycopy(known[c], 0, values[c], 0, past);
        }
        for (int t = past; t < points; t++) {
            Predictions.Point point = window.points().get(t - past);
            seconds[t] = point.at().getEpochSecond();
            for (int c = 0; c < known.length; c++) {
                Double value = point.values().get(c);
                values[c][t] = value == null || !Double.isFinite(value) ? Double.NaN : value;
            }
        }
        return new Series(info.name(), info.channels().stream().map(Channel::name).toList(), seconds, values, past);
    }

    private Bundle bundle(SeriesInfo info) {
        try {
            return Bundle.read(new ByteArrayInputStream(models.bundle(info.id()).orElseThrow(() -> new Refused("The series' model is being learned. Ask again in a moment."))));
        } catch (IOException e) {
            throw new IllegalStateException("The model of series " + info.name() + " cannot be read", e);
        }
    }
}
