package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.laudable.Refused;
import org.laudable.dataset.EmbeddingStore;
import org.laudable.llm.ClassOption;
import org.laudable.llm.Classification;
import org.laudable.llm.Demonstration;
import org.laudable.llm.TextToClassify;
import org.laudable.project.Guideline;
import org.laudable.project.LabelClass;
import org.laudable.project.OracleSettings;
import org.laudable.project.Project;
import org.laudable.project.ProjectDirectory;

/** Puts together what a language model is asked as a task model: the labelled part of the audit sample, with or without examples. */
@ApplicationScoped
class TaskModelWork {
    /** The most the examples of one call may take. */
    private static final int EXAMPLE_TOKENS = 1_500;
    /** Fewer texts share a call, so that each one's neighbours find room in it. */
    private static final int BATCH = 4;

    private final PoolRepository pool;
    private final EmbeddingStore embeddings;
    private final SentenceEncoder encoder;
    private final ProjectDirectory projects;

    TaskModelWork(PoolRepository pool, EmbeddingStore embeddings, SentenceEncoder encoder, ProjectDirectory projects) {
        this.pool = pool;
        this.embeddings = embeddings;
        this.encoder = encoder;
        this.projects = projects;
    }

    /** @param labels how many labelled texts the examples come from */
    record Prepared(Classification task, List<TextToClassify> texts, Demonstration.Source examples, int labels) {}

    Prepared prepare(RunRow run, TaskModelTrial.Kind kind, long modelId) {
        Project project = projects.get(run.projectId());
        List<LabelClass> classes = Schema.of(projects.classes(run.projectId())).classes();
        Set<Long> known = new HashSet<>();
        pool.auditTruth(run.projectId()).stream().filter(truth -> truth.classId() != 0).forEach(truth -> known.add(truth.itemId()));
        List<PoolRepository.PoolItem> items = pool.audit(run.projectId()).stream().filter(item -> known.contains(item.id())).toList();
        if (items.isEmpty()) {
            throw new Refused("People have not labeled any item of the audit sample yet, so nothing can be compared.");
        }
        OracleSettings oracle = project.loop().oracle();
        boolean inContext = kind == TaskModelTrial.Kind.LLM_IN_CONTEXT;
        Classification task = new Classification(modelId, OptionalLong.of(project.id()), project.description(),
                classes.stream().map(c -> new ClassOption(c.id(), c.name(), c.description())).toList(),
                projects.guideline(project.id()).map(Guideline::markdown).orElse(""), inContext ? BATCH : oracle.batch(),
                oracle.promptVersionId() == null ? OptionalLong.empty() : OptionalLong.of(oracle.promptVersionId()), OptionalLong.of(run.id()),
                "task-model");
        List<TextToClassify> texts = items.stream().map(item -> new TextToClassify(item.id(), item.text())).toList();
        List<PoolRepository.Label> labels = pool.labels(run.projectId());
        return new Prepared(task, texts, inContext ? examples(items, labels, classes) : Demonstration.Source.NONE, inContext ? labels.size() : 0);
    }

    private Demonstration.Source examples(List<PoolRepository.PoolItem> asked, List<PoolRepository.Label> labels, List<LabelClass> classes) {
        Map<Long, String> names = new HashMap<>();
        classes.forEach(c -> names.put(c.id(), c.name()));
        Map<Long, Long> classOf = new HashMap<>();
        labels.forEach(label -> classOf.put(label.itemId(), label.classId()));
        List<PoolRepository.PoolItem> labelled = pool.items(List.copyOf(classOf.keySet()));
        float[][] theirs = embeddings.load(encoder.modelId(), labelled.stream().map(PoolRepository.PoolItem::fingerprint).toList());
        List<Demonstration> examples = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < labelled.size(); i++) {
            String name = names.get(classOf.get(labelled.get(i).id()));
            if (theirs[i] != null && name != null) {
                examples.add(new Demonstration(labelled.get(i).text(), name));
                vectors.add(theirs[i]);
                ids.add(classOf.get(labelled.get(i).id()));
            }
        }
        float[][] own = embeddings.load(encoder.modelId(), asked.stream().map(PoolRepository.PoolItem::fingerprint).toList());
        Map<Long, float[]> byItem = new HashMap<>();
        for (int i = 0; i < own.length; i++) {
            if (own[i] != null) {
                byItem.put(asked.get(i).id(), own[i]);
            }
        }
        return new InContextExamples(byItem, examples, vectors.toArray(float[][]::new), ids.stream().mapToLong(Long::longValue).toArray(), EXAMPLE_TOKENS);
    }
}
