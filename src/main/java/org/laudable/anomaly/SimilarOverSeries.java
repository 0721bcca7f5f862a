package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.laudable.engine.series.Propagation;
import org.laudable.labeling.SimilarWindow;
import org.laudable.labeling.SimilarWindows;
import org.laudable.loop.Run;
import org.laudable.loop.Runs;

/**
 * Finds windows that look alike: in the same series along the graph that labels spread on, in the others by their shape
 * among the most suspicious windows.
 */
@ApplicationScoped
class SimilarOverSeries implements SimilarWindows {
    /** A distance of shapes is about so many times one in latent space. */
    private static final double SHAPE_SCALE = .5;

    /** Beyond this cosine distance windows of one series have little in common. */
    private static final double ALIKE = .35;

    private final Runs runs;
    private final ModelRepository models;
    private final SeriesSessions sessions;
    private final ShapeRepository shapes;
    private final LoopJson json;

    SimilarOverSeries(Runs runs, ModelRepository models, SeriesSessions sessions, ShapeRepository shapes, LoopJson json) {
        this.runs = runs;
        this.models = models;
        this.sessions = sessions;
        this.shapes = shapes;
        this.json = json;
    }

    @Override
    public List<SimilarWindow> similarTo(long projectId, long seriesId, int point, int count) {
        Optional<Run> run = runs.current(projectId);
        Optional<FittedSeries> fitted = models.find(seriesId).filter(FittedSeries::fitted);
        if (run.isEmpty() || fitted.isEmpty() || fitted.get().projectId() != projectId) {
            return List.of();
        }
        SeriesSession session = sessions.get(fitted.get(), json.of(run.get()), Optional.empty());
        int judged = point - session.first();
        if (judged < 0 || judged >= session.length()) {
            return List.of();
        }
        List<SimilarWindow> found = new ArrayList<>(inSeries(session, judged, count));
        Place asked = around(session, judged);
        float[] shape = Shapes.at(session, judged);
        for (ShapeRepository.Row row : shapes.ofProject(projectId)) {
            if (row.seriesId() != seriesId) {
                found.add(new SimilarWindow(row.seriesId(), row.place().point(), row.place().from(), row.place().to(),
                        SHAPE_SCALE * Shapes.distance(shape, row.values())));
            }
        }
        found.sort(Comparator.comparingDouble(SimilarWindow::distance));
        found.removeIf(one -> one.distance() > ALIKE);
        return apart(found, new SimilarWindow(seriesId, point, asked.from(), asked.to(), 0)).stream().limit(count).toList();
    }

    /** Two suggestions of one stretch are one. */
    private static List<SimilarWindow> apart(List<SimilarWindow> nearestFirst, SimilarWindow asked) {
        List<SimilarWindow> kept = new ArrayList<>(List.of(asked));
        for (SimilarWindow one : nearestFirst) {
            if (kept.stream().noneMatch(other -> other.seriesId() == one.seriesId() && other.from() < one.to() && one.from() < other.to())) {
                kept.add(one);
            }
        }
        return kept.subList(1, kept.size());
    }

    private static List<SimilarWindow> inSeries(SeriesSession session, int judged, int count) {
        List<Propagation.Similar> like;
        synchronized (session.learner()) { // its graph is built when it is first asked for
            like = session.learner().propagation().like(judged, count, SeriesAnswers.WINDOW);
        }
        return like.stream().map(one -> {
            Place place = around(session, one.point());
            return new SimilarWindow(session.info().id(), place.point(), place.from(), place.to(), one.distance());
        }).toList();
    }

    /** The stretch around a judged point, in points of the whole series. */
    private static Place around(SeriesSession session, int judged) {
        Place place = WindowRanking.around(session.probability(), judged, .1);
        return new Place(session.first() + judged, session.first() + place.from(), session.first() + place.to());
    }
}
