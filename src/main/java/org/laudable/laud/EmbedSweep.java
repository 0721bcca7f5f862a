package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.laudable.dataset.EmbeddingStore;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.RunWatch;

/**
 * Sentence vectors for a run's texts, in random order. Vectors are kept by text and model: what another project, or an
 * earlier sweep, has already is not computed again.
 */
@ApplicationScoped
class EmbedSweep implements SweepWork {
    private static final int PAGE = 100;
    /** Where vectors are there already, pages are long. */
    private static final int LOOKED_AT = 1_000;

    private final SweepTexts texts;
    private final RunRepository runs;
    private final EmbeddingStore embeddings;
    private final SentenceEncoder encoder;
    private final AuditSample audit;
    private final RunWatch watch;
    private final ProjectEvents events;

    EmbedSweep(SweepTexts texts, RunRepository runs, EmbeddingStore embeddings, SentenceEncoder encoder, AuditSample audit, RunWatch watch,
            ProjectEvents events) {
        this.texts = texts;
        this.runs = runs;
        this.embeddings = embeddings;
        this.encoder = encoder;
        this.audit = audit;
        this.watch = watch;
        this.events = events;
    }

    @Override
    public boolean serves(Sweep.Kind kind) {
        return kind == Sweep.Kind.EMBED;
    }

    @Override
    public SweepPage page(Sweep sweep, SweepChunk chunk) {
        List<SweepTexts.Text> found = texts.withoutVector(sweep, chunk, encoder.modelId(), LOOKED_AT);
        int end = 0;
        int wanted = 0;
        while (end < found.size() && wanted < PAGE) {
            wanted += found.get(end++).wanted() ? 1 : 0;
        }
        List<SweepTexts.Text> page = found.subList(0, end);
        List<SweepTexts.Text> missing = page.stream().filter(SweepTexts.Text::wanted).toList();
        float[][] vectors = encoder.encodeAll(missing.stream().map(SweepTexts.Text::text).toList());
        boolean last = end == found.size() && found.size() < LOOKED_AT;
        return new SweepPage(page.size(), page.isEmpty() ? chunk.atShuffle() : page.getLast().shuffle(), page.isEmpty() ? chunk.atId() : page.getLast().id(), last,
                () -> embeddings.save(encoder.modelId(), missing.stream().map(SweepTexts.Text::fingerprint).toList(), List.of(vectors)));
    }

    @Override
    public void advanced(Sweep sweep) {
        runs.embedding(sweep.runId(), sweep.done(), sweep.items());
        watch.wake(sweep.projectId());
    }

    @Override
    public void complete(Sweep sweep) {
        RunRow run = runs.find(sweep.runId()).orElseThrow();
        runs.embedding(run.id(), sweep.done(), sweep.items());
        runs.embeddingComplete(run.id(), sweep.createdAt());
        audit.extend(run.projectId(), run.settings().auditSize());
        events.publish(run.projectId(), ProjectEvents.Kind.RUN);
    }
}
