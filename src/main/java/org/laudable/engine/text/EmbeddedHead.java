package org.laudable.engine.text;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.laudable.engine.linear.CsrMatrix;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.linear.MatrixProduct;

/**
 * The default task model, {@code embedded-head}: frozen sentence vectors, with the answers spread over the neighbour
 * graph (LP) and a logistic regression that starts from the zero-shot distributions (LR), fused as
 * P ∝ LP^w · LR^(1−w) (ENGINES §1.3b, step 5). What is spread is the mean of zero-shot and LR. No network, under seconds a round; use it unless a language model is
 * configured and its price is accepted.
 */
public final class EmbeddedHead implements TaskTrainer {

    /** Raised whenever the same input gives another model. */
    static final int ENGINE_VERSION = 1;

    private final HeadSettings settings;

    public EmbeddedHead(HeadSettings settings) {
        this.settings = settings;
    }

    /** With the settings of ENGINES §1.3b. */
    public static EmbeddedHead standard() {
        return new EmbeddedHead(HeadSettings.standard());
    }

    @Override
    public String name() {
        return "embedded-head";
    }

    @Override
    public EmbeddedHeadModel train(CandidatePool pool, TrainingLabels labels, long seed) {
        check(pool, labels);
        HeadFit fit = fit(pool, labels);
        CrossValidation validation = crossValidate(pool, labels, seed);
        return new EmbeddedHeadModel(provenance(pool, labels, seed), fit, validation);
    }

    private static void check(CandidatePool pool, TrainingLabels labels) {
        for (int i = 0; i < labels.size(); i++) {
            int item = labels.items()[i];
            int c = labels.classes()[i];
            if (item < 0 || item >= pool.size() || c < 0 || c >= pool.classes().size()) {
                throw new IllegalArgumentException("Label %d names item %d of %d and class %d of %d"
                        .formatted(i, item, pool.size(), c, pool.classes().size()));
            }
        }
    }

    private HeadFit fit(CandidatePool pool, TrainingLabels labels) {
        if (labels.size() == 0) {
            return HeadFit.untrained(pool);
        }
        LogisticRegression lr = LogisticRegression.fit(rows(pool, labels), settings.regularization(), settings.iterations());
        FloatMatrix regressed = lr.logits(pool.vectors(), pool.features(), offset(pool.zeroShot(), settings.offsetFloor())).softmaxRows();
        FloatMatrix base = HeadFit.base(pool.zeroShot(), regressed, settings.regressionInBase());
        FloatMatrix spread = pool.settings().spreading().spread(pool.graph(), base, labels.items(), labels.classes());
        float perClass = (float) labels.size() / pool.classes().size();
        float share = perClass < settings.fewLabels() ? settings.earlyGraph() : settings.lateGraph();
        return new HeadFit(settings, lr, spread, regressed, share);
    }

    /** The training rows: the labelled items, then each class's own prompts as an example of it. */
    private LogisticRegression.Rows rows(CandidatePool pool, TrainingLabels labels) {
        int classes = pool.classes().size();
        int extra = settings.labelRows() > 0 ? classes : 0;
        int n = labels.size() + extra;
        FloatMatrix prompts = pool.labels().vectors();
        FloatMatrix dense = new FloatMatrix(n, pool.vectors().cols());
        FloatMatrix offset = new FloatMatrix(n, classes);
        FloatMatrix chosen = offset(pool.zeroShot().select(labels.items()), settings.offsetFloor());
        System.arraycopy(pool.vectors().select(labels.items()).data(), 0, dense.data(), 0, labels.size() * dense.stride());
        System.arraycopy(chosen.data(), 0, offset.data(), 0, labels.size() * offset.stride());
        int[] target = Arrays.copyOf(labels.classes(), n);
        float[] weight = new float[n];
        Arrays.fill(weight, 1f);
        if (extra > 0) {
            FloatMatrix between = MatrixProduct.multiplyTransposed(prompts, prompts);
            for (int c = 0; c < classes; c++) {
                int at = labels.size() + c;
                dense.setRow(at, prompts.row(c));
                for (int j = 0; j < classes; j++) {
                    offset.set(at, j, settings.promptScale() * between.get(c, j));
                }
                target[at] = c;
                weight[at] = settings.labelRows();
            }
        }
        CsrMatrix sparse = pool.features().select(labels.items());
        return new LogisticRegression.Rows(dense, extra > 0 ? sparse.append(pool.labelFeatures()) : sparse, offset,
                target, weight);
    }

    /** log(F₀ + floor), each row's mean taken away. */
    static FloatMatrix offset(FloatMatrix zeroShot, float floor) {
        FloatMatrix z = new FloatMatrix(zeroShot.rows(), zeroShot.cols());
        for (int i = 0; i < z.rows(); i++) {
            int o = i * z.stride();
            double sum = 0;
            for (int j = 0; j < z.cols(); j++) {
                z.data()[o + j] = (float) Math.log(zeroShot.data()[o + j] + floor);
                sum += z.data()[o + j];
            }
            for (int j = 0; j < z.cols(); j++) {
                z.data()[o + j] -= (float) (sum / z.cols());
            }
        }
        return z;
    }

    /** Folds run side by side; each writes rows of its own, so the result does not depend on the threads. */
    private CrossValidation crossValidate(CandidatePool pool, TrainingLabels labels, long seed) {
        int n = labels.size();
        if (settings.folds() < 2 || n < 4 * settings.folds()) {
            return new CrossValidation(settings.firstTemperature(), labels, new FloatMatrix(0, pool.classes().size()));
        }
        int[] order = shuffled(n, seed);
        FloatMatrix scores = new FloatMatrix(n, pool.classes().size());
        IntStream.range(0, settings.folds()).parallel().forEach(fold -> {
            int[] held = part(order, fold, settings.folds(), true);
            TrainingLabels rest = labels.select(part(order, fold, settings.folds(), false));
            FloatMatrix p = fit(pool, rest).poolScores(labels.select(held).items());
            for (int i = 0; i < held.length; i++) {
                scores.setRow(held[i], p.row(i));
            }
        });
        float temperature = Temperature.fit(scores, labels.classes());
        return new CrossValidation(temperature, labels, Temperature.apply(scores, temperature));
    }

    private static int[] shuffled(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static int[] part(int[] order, int fold, int folds, boolean inside) {
        return IntStream.range(0, order.length).filter(i -> (i % folds == fold) == inside)
                .map(i -> order[i]).sorted().toArray();
    }

    private ModelProvenance provenance(CandidatePool pool, TrainingLabels labels, long seed) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("head", settings.toString());
        parameters.put("pool", pool.settings().toString());
        return new ModelProvenance(name(), ENGINE_VERSION, pool.size(), labels.size(), seed, parameters);
    }
}
