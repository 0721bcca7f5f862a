package org.laudable.laud;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.laudable.dataset.EmbeddingStore;
import org.laudable.engine.linear.FloatMatrix;

/** The model's word on texts it was not trained beside; for the rest of a finished run also its labels. */
@ApplicationScoped
class ScoreSweep implements SweepWork {
    private static final int PAGE = 500;

    private final SweepTexts texts;
    private final SweepModels models;
    private final EmbeddingStore embeddings;
    private final SentenceEncoder encoder;
    private final PredictionRepository predictions;
    private final SweepLabels labels;

    ScoreSweep(SweepTexts texts, SweepModels models, EmbeddingStore embeddings, SentenceEncoder encoder, PredictionRepository predictions,
            SweepLabels labels) {
        this.texts = texts;
        this.models = models;
        this.embeddings = embeddings;
        this.encoder = encoder;
        this.predictions = predictions;
        this.labels = labels;
    }

    @Override
    public boolean serves(Sweep.Kind kind) {
        return kind.needsModel();
    }

    @Override
    public SweepPage page(Sweep sweep, SweepChunk chunk) {
        List<SweepTexts.Text> page = texts.withoutPrediction(sweep, chunk, PAGE);
        List<SweepTexts.Text> wanted = page.stream().filter(SweepTexts.Text::wanted).toList();
        List<PredictionRepository.Prediction> said = wanted.isEmpty() ? List.of() : predict(sweep, wanted);
        long end = page.isEmpty() ? chunk.toId() : page.getLast().id();
        return new SweepPage(page.size(), 0, end, page.size() < PAGE, () -> {
            if (!said.isEmpty()) {
                predictions.save(sweep.projectId(), sweep.runId(), sweep.modelVersion(), said);
            }
            return sweep.kind() == Sweep.Kind.REST ? labels.assign(sweep, chunk.atId(), end) : said.size();
        });
    }

    private List<PredictionRepository.Prediction> predict(Sweep sweep, List<SweepTexts.Text> wanted) {
        SweepModels.Loaded model = models.of(sweep);
        List<String> bodies = wanted.stream().map(SweepTexts.Text::text).toList();
        FloatMatrix p = model.scorer().predict(bodies, vectors(wanted));
        List<PredictionRepository.Prediction> said = new ArrayList<>();
        for (int i = 0; i < p.rows(); i++) {
            said.add(PredictionRepository.Prediction.of(wanted.get(i).id(), p, i, sweep.classIds()));
        }
        return said;
    }

    /** Kept ones where there are any; the others are computed and kept. */
    private float[][] vectors(List<SweepTexts.Text> wanted) {
        float[][] vectors = embeddings.load(encoder.modelId(), wanted.stream().map(SweepTexts.Text::fingerprint).toList());
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < vectors.length; i++) {
            if (vectors[i] == null) {
                missing.add(i);
            }
        }
        if (!missing.isEmpty()) {
            float[][] made = encoder.encodeAll(missing.stream().map(i -> wanted.get(i).text()).toList());
            QuarkusTransaction.requiringNew().run(() -> embeddings.save(encoder.modelId(),
                    missing.stream().map(i -> wanted.get(i).fingerprint()).toList(), List.of(made)));
            for (int i = 0; i < made.length; i++) {
                vectors[missing.get(i)] = made[i];
            }
        }
        return vectors;
    }
}
