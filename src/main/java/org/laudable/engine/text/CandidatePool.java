package org.laudable.engine.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.laudable.engine.graph.NeighbourGraph;
import org.laudable.engine.linear.CsrMatrix;
import org.laudable.engine.linear.FloatMatrix;

/**
 * The texts a loop may ask about and everything about them that no answer changes: centred vectors, neighbour graph,
 * n-gram features and the zero-shot distributions (ENGINES §1.3b, steps 1–4). Items are known by their index in the
 * list given to {@link #build}. Built once, immutable, safe for several threads; about 2.5 kB an item.
 */
public final class CandidatePool {

    private final PoolSettings settings;
    private final LabelVectors labels;
    private final float[] mean;
    private final FloatMatrix vectors;
    private final NeighbourGraph graph;
    private final NgramFeatures ngrams;
    private final CsrMatrix features;
    private final CsrMatrix labelFeatures;
    private final FloatMatrix prior;
    private final FloatMatrix zeroShot;
    private final int[] twin;

    private CandidatePool(PoolSettings settings, List<String> texts, LabelVectors labels, float[] mean,
            FloatMatrix vectors, FloatMatrix prior) {
        this.settings = settings;
        this.labels = labels;
        this.mean = mean;
        this.vectors = vectors;
        this.prior = prior;
        this.graph = NeighbourGraph.of(vectors, settings.neighbours(), settings.power(), settings.seed());
        this.ngrams = NgramFeatures.fit(texts, settings.minTexts());
        this.features = ngrams.transform(texts);
        this.labelFeatures = ngrams.transform(labels.classes().stream().map(TextClass::words).toList());
        this.zeroShot = settings.spreading().spread(graph, prior, new int[0], new int[0]);
        this.twin = twins(texts);
    }

    /**
     * Builds a pool whose zero-shot start comes from the class prompts alone.
     *
     * @param texts   the texts, at least one
     * @param vectors their vectors by the same encoder as the labels', n × d, length 1
     * @param labels  the classes with their vectors
     * @throws IllegalArgumentException if there are no texts, or lengths do not fit
     */
    public static CandidatePool build(List<String> texts, float[][] vectors, LabelVectors labels, PoolSettings settings) {
        return build(texts, matrix(texts, vectors, labels), labels, settings, null);
    }

    /**
     * Builds a pool whose zero-shot start comes from elsewhere, such as a language model.
     *
     * @param prior one distribution over the classes per text, n × classes; rows are normalised
     */
    public static CandidatePool build(List<String> texts, float[][] vectors, LabelVectors labels, PoolSettings settings,
            float[][] prior) {
        if (prior.length != texts.size() || prior[0].length != labels.size()) {
            throw new IllegalArgumentException("There must be one distribution over all classes per text");
        }
        return build(texts, matrix(texts, vectors, labels), labels, settings, FloatMatrix.of(prior).normalizeRows());
    }

    /**
     * Builds a pool whose zero-shot start comes from the class prompts, but for the texts a language model has spoken of.
     *
     * @param said item index → one distribution over the classes
     */
    public static CandidatePool build(List<String> texts, float[][] vectors, LabelVectors labels, PoolSettings settings,
            Map<Integer, float[]> said) {
        FloatMatrix x = matrix(texts, vectors, labels);
        float[] mean = x.columnMeans();
        x.centerAndNormalize(mean);
        FloatMatrix prior = PoolReference.promptPrior(x, labels, settings);
        said.forEach((item, chances) -> System.arraycopy(chances, 0, prior.data(), item * prior.cols(), prior.cols()));
        return new CandidatePool(settings, texts, labels, mean, x, prior.normalizeRows());
    }

    private static CandidatePool build(List<String> texts, FloatMatrix x, LabelVectors labels, PoolSettings settings,
            @Nullable FloatMatrix given) {
        float[] mean = x.columnMeans();
        x.centerAndNormalize(mean);
        FloatMatrix prior = given == null ? PoolReference.promptPrior(x, labels, settings) : given;
        return new CandidatePool(settings, texts, labels, mean, x, prior);
    }

    static FloatMatrix matrix(List<String> texts, float[][] vectors, LabelVectors labels) {
        if (texts.isEmpty() || texts.size() != vectors.length) {
            throw new IllegalArgumentException("A pool needs at least one text and one vector per text, got %d and %d"
                    .formatted(texts.size(), vectors.length));
        }
        FloatMatrix x = FloatMatrix.of(vectors);
        if (x.cols() != labels.vectors().cols()) {
            throw new IllegalArgumentException("Texts and labels were encoded by different models (%d and %d floats)"
                    .formatted(x.cols(), labels.vectors().cols()));
        }
        return x;
    }

    private static int[] twins(List<String> texts) {
        Map<NormalizedText, Integer> first = HashMap.newHashMap(texts.size());
        int[] twin = new int[texts.size()];
        for (int i = 0; i < twin.length; i++) {
            Integer earlier = first.putIfAbsent(NormalizedText.of(texts.get(i)), i);
            twin[i] = earlier == null ? i : earlier;
        }
        return twin;
    }

    /** Number of items. */
    public int size() {
        return vectors.rows();
    }

    /** The classes; a class index is a position in this list. */
    public List<TextClass> classes() {
        return labels.classes();
    }

    public PoolSettings settings() {
        return settings;
    }

    /** F₀, the model with no labels: one distribution per item, n × classes. Read-only. */
    public FloatMatrix zeroShot() {
        return zeroShot;
    }

    /** p₀, what prompts (or the language model) say of each item by itself, n × classes. Read-only. */
    public FloatMatrix prior() {
        return prior;
    }

    /** The first item with the same normalised text; the item itself if it is the first. */
    public int twinOf(int item) {
        return twin[item];
    }

    /** The neighbour graph S over the items. */
    public NeighbourGraph graph() {
        return graph;
    }

    /** Centred unit vectors, n × d. Read-only. */
    public FloatMatrix vectors() {
        return vectors;
    }

    CsrMatrix features() {
        return features;
    }

    CsrMatrix labelFeatures() {
        return labelFeatures;
    }

    LabelVectors labels() {
        return labels;
    }

    PoolReference reference() {
        return new PoolReference(settings, labels, mean, vectors, ngrams, zeroShot);
    }

    /**
     * Prepares texts that are not in the pool for prediction; do it once for texts that are predicted every round.
     *
     * @param vectors one vector per text, by the pool's encoder
     */
    public OutsideItems outside(List<String> texts, float[][] vectors) {
        return reference().outside(texts, matrix(texts, vectors, labels));
    }
}
