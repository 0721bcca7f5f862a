package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.laudable.dataset.EmbeddingStore;
import org.laudable.engine.text.CandidatePool;
import org.laudable.engine.text.LabelVectors;
import org.laudable.engine.text.OutsideItems;
import org.laudable.engine.text.PoolSettings;
import org.laudable.engine.text.PromptTemplates;
import org.laudable.loop.CannotGoOn;
import org.laudable.project.ProjectDirectory;

/** Keeps the candidate pools of the runs last advanced here; builds the others anew from the database. */
@ApplicationScoped
class LoopSessions {
    /** A larger pool is worked on through a random sample of this size, another one each round (ENGINES §1.2). */
    static final int MOST_CANDIDATES = 100_000;
    /** About 250 MB each at most. */
    private static final int KEPT = 2;
    /** Pool items whose predictions are compared from round to round; in every window of a large pool. */
    static final int FIXED_SAMPLE = 1_000;

    private static final int LONGEST_DOMAIN = 60;
    /** How sure a language model is taken to be that does not say. */
    private static final float UNSAID = 0.8f;

    private final PoolRepository pool;
    private final EmbeddingStore embeddings;
    private final SentenceEncoder encoder;
    private final ProjectDirectory projects;
    private final ModelAnswers answers;
    private final StartPrior start;
    private final Map<Long, LoopSession> kept = new LinkedHashMap<>(4, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, LoopSession> eldest) {
            return size() > KEPT;
        }
    };

    LoopSessions(PoolRepository pool, EmbeddingStore embeddings, SentenceEncoder encoder, ProjectDirectory projects,
            ModelAnswers answers, StartPrior start) {
        this.pool = pool;
        this.embeddings = embeddings;
        this.encoder = encoder;
        this.projects = projects;
        this.answers = answers;
        this.start = start;
    }

    /**
     * The session for a round's model.
     *
     * @throws CannotGoOn if there are too few classes or no embedded text
     */
    synchronized LoopSession get(RunRow run, int round) {
        Schema schema = Schema.of(projects.classes(run.projectId()));
        if (schema.size() < 2) {
            throw new CannotGoOn("run.note.classes");
        }
        int window = pool.size(run.projectId()) > MOST_CANDIDATES && run.embeddedAt() != null ? round : 0;
        LoopSession.Key key = new LoopSession.Key(run.id(), schema, domain(run), run.embedded(), run.embeddedAt(), window);
        LoopSession there = kept.get(run.id());
        if (there != null && there.key().equals(key)) {
            return there;
        }
        kept.remove(run.id());
        LoopSession built = build(run, key);
        kept.put(run.id(), built);
        return built;
    }

    /** Forgets a run's pool: it is over, or shall be built anew. */
    synchronized void drop(long runId) {
        kept.remove(runId);
    }

    private LoopSession build(RunRow run, LoopSession.Key key) {
        Candidates candidates = new Candidates();
        int from = key.window() == 0 ? Integer.MIN_VALUE : pool.shuffleAt(run.projectId(), fraction(run, key.window()));
        if (key.window() > 0) {
            candidates.add(pool.pool(run.projectId(), Integer.MIN_VALUE, FIXED_SAMPLE));
        }
        candidates.add(pool.pool(run.projectId(), from, MOST_CANDIDATES));
        List<Long> needed = Stream.concat(pool.labels(run.projectId()).stream().map(PoolRepository.Label::itemId),
                pool.askedOrRanked(run.projectId(), run.id()).stream()).filter(id -> !candidates.contains(id)).distinct().sorted().toList();
        candidates.add(pool.items(needed));
        if (candidates.ids.isEmpty()) {
            throw new CannotGoOn("run.note.texts");
        }
        LabelVectors labels = LabelVectors.of(key.schema().forEngine(), new PromptTemplates(key.domain()), encoder);
        CandidatePool built = CandidatePool.build(candidates.texts, candidates.vectors.toArray(float[][]::new), labels,
                PoolSettings.standard(), said(run, key.schema(), candidates));
        long[] ids = candidates.ids.stream().mapToLong(Long::longValue).toArray();

        Candidates audit = new Candidates();
        audit.add(pool.audit(run.projectId()));
        Optional<OutsideItems> outside = audit.ids.isEmpty() ? Optional.empty()
                : Optional.of(built.outside(audit.texts, audit.vectors.toArray(float[][]::new)));
        return new LoopSession(key, key.schema(), built, ids, LoopSession.indexOf(ids), List.copyOf(audit.ids), outside);
    }

    /** What the model the run begins with says of candidates, and over it a language model's word, which leaves nothing else open. */
    private Map<Integer, float[]> said(RunRow run, Schema schema, Candidates candidates) {
        Map<Integer, float[]> said = run.settings().startModel() == null ? new java.util.HashMap<>()
                : start.of(run.settings().startModel(), schema, candidates.texts, candidates.vectors);
        if (run.settings().oracle().startsByModel()) {
            saidByLanguageModel(run, schema, candidates.ids, said);
        }
        return said;
    }

    /** A language model's word on candidates, as distributions over the classes; what it leaves open is spread evenly. */
    private void saidByLanguageModel(RunRow run, Schema schema, List<Long> ids, Map<Integer, float[]> said) {
        Map<Long, Integer> index = new java.util.HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            index.put(ids.get(i), i);
        }
        Map<Long, Integer> classes = schema.indexById();
        for (ModelAnswers.ZeroShot answer : answers.zeroShot(run.id())) {
            Integer item = index.get(answer.itemId());
            Integer best = classes.get(answer.classId());
            if (item != null && best != null) {
                said.put(item, distribution(answer, best, classes));
            }
        }
    }

    private static float[] distribution(ModelAnswers.ZeroShot answer, int best, Map<Long, Integer> classes) {
        float[] chances = new float[classes.size()];
        if (answer.probabilities().isEmpty()) {
            float sure = Math.clamp(answer.confidence() == null ? UNSAID : answer.confidence(), 1f / chances.length, 0.99f);
            java.util.Arrays.fill(chances, (1 - sure) / (chances.length - 1));
            chances[best] = sure;
            return chances;
        }
        java.util.Arrays.fill(chances, 1e-3f);
        answer.probabilities().forEach((id, chance) -> {
            Integer at = classes.get(id);
            if (at != null) {
                chances[at] += chance.floatValue();
            }
        });
        return chances;
    }

    /** A short description of the project says what its texts are; a long one is for people only. */
    private String domain(RunRow run) {
        String description = projects.get(run.projectId()).description().strip();
        return description.length() <= LONGEST_DOMAIN && description.lines().count() <= 1 ? description : "";
    }

    private static double fraction(RunRow run, int window) {
        return new java.util.SplittableRandom(run.settings().seed() * 31 + window).nextDouble();
    }

    /** Items that have a vector, without repetition. */
    private final class Candidates {
        private final List<Long> ids = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();
        private final List<float[]> vectors = new ArrayList<>();
        private final Set<Long> known = new HashSet<>();

        void add(List<PoolRepository.PoolItem> items) {
            float[][] found = embeddings.load(encoder.modelId(), items.stream().map(PoolRepository.PoolItem::fingerprint).toList());
            for (int i = 0; i < found.length; i++) {
                if (found[i] != null && known.add(items.get(i).id())) {
                    ids.add(items.get(i).id());
                    texts.add(items.get(i).text());
                    vectors.add(found[i]);
                }
            }
        }

        boolean contains(long id) {
            return known.contains(id);
        }
    }
}
