package org.laudable.engine.text;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.laudable.engine.graph.InvertedLists;
import org.laudable.engine.graph.LabelSpreading;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.saved.BoundedInput;
import org.laudable.engine.saved.Saved;

/**
 * A task model without its loop: predicts texts it has not seen, exactly as the model it came from, and can be written
 * to a file and read again bit by bit. It holds no text: the pool's vectors, the n-grams that several of its texts share,
 * and weights. Immutable and safe for several threads.
 */
public final class TextScorer {
    /** Below, comparing with all is quick enough. */
    static final int WORTH_LISTS = 5_000;
    private static final int PROBES = 12;

    private final PoolReference pool;
    private final HeadFit fit;
    private final float temperature;
    private final @Nullable InvertedLists lists;

    TextScorer(PoolReference pool, HeadFit fit, float temperature) {
        this(pool, fit, temperature, null);
    }

    private TextScorer(PoolReference pool, HeadFit fit, float temperature, @Nullable InvertedLists lists) {
        this.pool = pool;
        this.fit = fit;
        this.temperature = temperature;
        this.lists = lists;
    }

    /**
     * The same for very many texts: in a large pool it looks for a text's neighbours among the likely ones only, which is many
     * times faster and changes a prediction now and then by a little. Takes some seconds, once.
     */
    public TextScorer forMany() {
        return poolSize() < WORTH_LISTS ? this
                : new TextScorer(pool, fit, temperature, InvertedLists.of(pool.vectors(), PROBES, pool.settings().seed()));
    }

    /** The classes, in the order of a prediction's columns. */
    public List<TextClass> classes() {
        return pool.labels().classes();
    }

    /** Floats of a text's vector. */
    public int dimension() {
        return pool.mean().length;
    }

    /** Texts of the pool whose vectors it holds. */
    public int poolSize() {
        return pool.vectors().rows();
    }

    public float temperature() {
        return temperature;
    }

    /**
     * Temperature-scaled probabilities, m × classes; what one text gets does not depend on the others.
     *
     * @param vectors one per text, by the encoder the model was trained with
     */
    public FloatMatrix predict(List<String> texts, float[][] vectors) {
        FloatMatrix x = CandidatePool.matrix(texts, vectors, pool.labels());
        OutsideItems items = lists == null ? pool.outside(texts, x)
                : pool.outside(texts, x, queries -> lists.nearest(queries, pool.settings().neighbours()));
        return Temperature.apply(fit.scores(items), temperature);
    }

    /** Writes settings, classes' vectors and the regression; the stream stays open. */
    public void writeHead(OutputStream to) throws IOException {
        DataOutputStream out = data(to);
        PoolSettings p = pool.settings();
        out.writeInt(p.neighbours());
        out.writeInt(p.power());
        out.writeFloat(p.zeroShotScale());
        out.writeFloat(p.spreading().alpha());
        out.writeInt(p.spreading().iterations());
        out.writeFloat(p.spreading().balance());
        out.writeInt(p.minTexts());
        out.writeLong(p.seed());
        HeadSettings h = fit.settings();
        out.writeFloat(h.regularization());
        out.writeFloat(h.labelRows());
        out.writeFloat(h.promptScale());
        out.writeFloat(h.offsetFloor());
        out.writeFloat(h.earlyGraph());
        out.writeFloat(h.lateGraph());
        out.writeFloat(h.fewLabels());
        out.writeFloat(h.regressionInBase());
        out.writeInt(h.iterations());
        out.writeInt(h.folds());
        out.writeFloat(h.firstTemperature());
        out.writeFloat(temperature);
        out.writeFloat(fit.graphShare());
        Saved.write(out, pool.mean());
        Saved.write(out, pool.labels().vectors());
        out.writeBoolean(fit.regression() != null);
        if (fit.regression() != null) {
            fit.regression().write(out);
        }
        out.flush();
    }

    /** Writes the n-grams and their weights; the stream stays open. */
    public void writeVocabulary(OutputStream to) throws IOException {
        DataOutputStream out = data(to);
        pool.ngrams().write(out);
        out.flush();
    }

    /** Writes the pool's vectors and what was spread over them; the stream stays open. */
    public void writePool(OutputStream to) throws IOException {
        DataOutputStream out = data(to);
        Saved.write(out, pool.vectors());
        Saved.write(out, pool.zeroShot());
        out.writeBoolean(fit.regression() != null);
        if (fit.regression() != null) {
            Saved.write(out, fit.spread());
        }
        out.flush();
    }

    private static DataOutputStream data(OutputStream to) {
        return new DataOutputStream(new BufferedOutputStream(to, 1 << 16));
    }

    /**
     * Reads what the three methods wrote.
     *
     * @throws IOException if it is damaged or the parts do not belong together
     */
    public static TextScorer read(List<TextClass> classes, BoundedInput head, BoundedInput vocabulary, BoundedInput poolPart) throws IOException {
        try {
            return parts(classes, head, vocabulary, poolPart);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("The model file is damaged: " + e.getMessage(), e);
        }
    }

    private static TextScorer parts(List<TextClass> classes, BoundedInput head, BoundedInput vocabulary, BoundedInput poolPart) throws IOException {
        PoolSettings settings = new PoolSettings(head.readInt(), head.readInt(), head.readFloat(),
                new LabelSpreading(head.readFloat(), head.readInt(), head.readFloat()), head.readInt(), head.readLong());
        HeadSettings h = new HeadSettings(head.readFloat(), head.readFloat(), head.readFloat(), head.readFloat(), head.readFloat(),
                head.readFloat(), head.readFloat(), head.readFloat(), head.readInt(), head.readInt(), head.readFloat());
        float temperature = head.readFloat();
        float graphShare = head.readFloat();
        float[] mean = Saved.readFloats(head);
        LabelVectors labels = new LabelVectors(classes, Saved.readMatrix(head));
        NgramFeatures ngrams = NgramFeatures.read(vocabulary);
        Optional<LogisticRegression> regression = head.readBoolean()
                ? Optional.of(LogisticRegression.read(head, mean.length, ngrams.columns(), classes.size())) : Optional.empty();
        FloatMatrix vectors = Saved.readMatrix(poolPart);
        FloatMatrix zeroShot = Saved.readMatrix(poolPart);
        FloatMatrix spread = poolPart.readBoolean() ? Saved.readMatrix(poolPart) : zeroShot;
        check(settings.neighbours() > 0 && settings.neighbours() <= 1_000 && temperature > 0, "its settings make no sense");
        check(vectors.rows() > 0 && vectors.cols() == mean.length && labels.vectors().cols() == mean.length, "its vectors differ in length");
        check(zeroShot.rows() == vectors.rows() && spread.rows() == vectors.rows() && zeroShot.cols() == classes.size()
                && spread.cols() == classes.size(), "its tables differ in size");
        PoolReference pool = new PoolReference(settings, labels, mean, vectors, ngrams, zeroShot);
        return new TextScorer(pool, new HeadFit(h, regression.orElse(null), spread, spread, graphShare), temperature);
    }

    private static void check(boolean right, String what) throws IOException {
        if (!right) {
            throw new IOException("The model file is damaged: " + what + ".");
        }
    }
}
