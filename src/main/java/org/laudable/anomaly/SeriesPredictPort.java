package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.laudable.Refused;
import org.laudable.engine.series.Bundle;
import org.laudable.engine.series.OnlineScorer;
import org.laudable.loop.PredictPort;
import org.laudable.loop.Predictions;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectKind;
import org.laudable.project.Role;
import org.laudable.security.OutOfReach;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/**
 * A series' newest detector for points from outside, one after the other as they would come: what the series holds before
 * them is their past, no point sees what comes after it, nothing of them is stored. For reviewers and managers.
 */
@ApplicationScoped
class SeriesPredictPort implements PredictPort {
    private static final int LEAST_PAST = 50;

    private final SeriesStore store;
    private final ModelRepository models;
    private final LiveModels live;
    private final ProjectAccess access;

    SeriesPredictPort(SeriesStore store, ModelRepository models, LiveModels live, ProjectAccess access) {
        this.store = store;
        this.models = models;
        this.live = live;
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
        if (end < LEAST_PAST) {
            throw new Refused("The series '%s' holds fewer than %d points before the window, too few to say what is usual.".formatted(info.name(), LEAST_PAST));
        }
        Bundle bundle = live.of(info, fitted).orElseThrow(() -> new Refused("The series' model is being learned. Ask again in a moment."));
        OnlineScorer scorer = upTo(info, bundle, fitted.missCost(), end);
        List<Double> probabilities = new ArrayList<>();
        boolean flagged = false;
        for (Predictions.Point point : window.points()) {
            double[] values = point.values().stream().mapToDouble(value -> value == null || !Double.isFinite(value) ? Double.NaN : value).toArray();
            OnlineScorer.Verdict verdict = scorer.push(point.at().getEpochSecond(), values);
            probabilities.add(verdict.probability());
            flagged |= verdict.anomaly();
        }
        return new Predictions.Scored(info.id(), flagged, probabilities);
    }

    /** A scorer that has seen as much of the stored series before a point as any feature looks back at. */
    private OnlineScorer upTo(SeriesInfo info, Bundle bundle, double missCost, int end) {
        double anchor = LiveModels.anchor(bundle.model());
        double threshold = SeriesWork.threshold(missCost);
        int start = Math.max(0, end - new OnlineScorer(bundle, anchor, threshold, 0).settlesAfter());
        OnlineScorer scorer = new OnlineScorer(bundle, anchor, threshold, start);
        long[] millis = store.times(info.id(), start, end);
        double[][] known = store.window(info.id(), start, end);
        double[] values = new double[known.length];
        for (int t = 0; t < end - start; t++) {
            for (int c = 0; c < known.length; c++) {
                values[c] = known[c][t];
            }
            scorer.push(Math.floorDiv(millis[t], 1_000L), values);
        }
        return scorer;
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
}
