package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.laudable.engine.series.Bundle;
import org.laudable.engine.series.PseudoLabel;
import org.laudable.engine.series.SeriesModel;

/** Saves what a series' model says, all of it or nothing: model file, scores, flagged stretches, what to ask, shapes. */
@ApplicationScoped
class SeriesResults {
    private final ModelRepository models;
    private final LayerStore layers;
    private final SegmentRepository segments;
    private final WindowRepository windows;
    private final ShapeRepository shapes;
    private final JudgementRepository judgements;

    SeriesResults(ModelRepository models, LayerStore layers, SegmentRepository segments, WindowRepository windows, ShapeRepository shapes,
            JudgementRepository judgements) {
        this.judgements = judgements;
        this.models = models;
        this.layers = layers;
        this.segments = segments;
        this.windows = windows;
        this.shapes = shapes;
    }

    /** What came out of a fit or a training. */
    record Outcome(FittedSeries fitted, SeriesSession session, List<PseudoLabel> pseudo, SeriesAnswers answers, List<RankedWindow> ranked) {}

    @Transactional
    void save(Outcome outcome, double threshold) {
        SeriesSession session = outcome.session();
        long series = session.info().id();
        int first = session.first();
        SeriesModel.Scores scores = session.scores();
        models.save(outcome.fitted(), file(session, threshold));
        layers.save(series, Layer.PROBABILITY, session.probability(), first);
        layers.save(series, Layer.ALARM, session.signals().alarm(), first);
        layers.save(series, Layer.POTENTIAL, session.signals().potential(), first);
        layers.save(series, Layer.NOVELTY, session.signals().unusual(), first);
        layers.save(series, Layer.AGENT, scores.agent(), first);
        segments.replace(session, outcome.fitted().version(), Flagged.of(session, threshold, outcome.pseudo(), outcome.answers()));
        windows.replace(session.info().projectId(), series, outcome.ranked());
        shapes.replace(session, Shapes.of(session));
        judgements.standouts(series, session.standouts());
        judgements.heeded(series, session.judged());
    }

    /** Only what a language model says of windows changed. */
    @Transactional
    void heed(SeriesSession session, FittedSeries fitted, double threshold, SeriesAnswers answers, List<RankedWindow> ranked) {
        long series = session.info().id();
        layers.save(series, Layer.PROBABILITY, session.probability(), session.first());
        layers.save(series, Layer.POTENTIAL, session.signals().potential(), session.first());
        layers.save(series, Layer.AGENT, session.scores().agent(), session.first());
        segments.refresh(session, fitted.version(), Flagged.of(session, threshold, List.of(), answers));
        windows.replace(session.info().projectId(), series, ranked);
        judgements.heeded(series, session.judged());
    }

    /** Only the operating point changed. */
    @Transactional
    void cut(SeriesSession session, FittedSeries fitted, double missCost, double threshold, SeriesAnswers answers) {
        List<Flagged> flagged = Flagged.of(session, threshold, List.of(), answers);
        segments.refresh(session, fitted.version(), flagged);
        models.missCost(session.info().id(), missCost);
    }

    private static byte[] file(SeriesSession session, double threshold) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);
            new Bundle(session.fitted(), session.model(), threshold).write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
