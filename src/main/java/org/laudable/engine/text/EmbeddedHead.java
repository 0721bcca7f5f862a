package org.laudable.engine.text;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.linear.MatrixProduct;
import org.laudable.engine.linear.CsrMatrix;

/**
 * The default task model, {@code embedded-head}: frozen sentence vectors, with the answers spread over the neighbour
 * graph (LP) and a logistic regression that starts from the zero-shot distributions (LR), fused as
 * P ∝ LP^w · LR^(1−w) (ENGINES §1.3b, step 5). No network, under seconds a round; use it unless a language model is
 * configured and its price is accepted.
 */
public final class EmbeddedHead implements TaskTrainer {

    /** Raised whenever the same input gives another model. */
    static final int ENGINE_VERSION = 1;

    private static final float FUSION_FLOOR = 1e-5f;

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
        Fit fit = fit(pool, labels);
        CrossValidation validation = crossValidate(pool, labels, seed);
        return new EmbeddedHeadModel(provenance(pool, labels, seed), pool, fit, validation);
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

    /** LP over the pool, the regression if there are labels, and the graph's share w in the fusion. */
    record Fit(FloatMatrix spread, @org.jspecify.annotations.Nullable LogisticRegression regression, float graphShare,
            float offsetFloor) {

        FloatMatrix poolScores(CandidatePool pool) {
            return scores(spread, pool.vectors(), pool.features(), pool.zeroShot());
        }

        FloatMatrix scores(OutsideItems items) {
            return regression == null ? items.zeroShot()
                    : scores(items.spreadFrom(spread), items.vectors(), items.features(), items.zeroShot());
        }

        /** P of some rows, from their LP, features and F₀. */
        FloatMatrix scores(FloatMatrix lp, FloatMatrix vectors, CsrMatrix features, FloatMatrix zeroShot) {
            if (regression == null) {
                return lp;
            }
            FloatMatrix lr = regression.logits(vectors, features, offset(zeroShot, offsetFloor)).softmaxRows();
            for (int i = 0; i < lr.rows(); i++) {
                for (int j = 0; j < lr.cols(); j++) {
                    int at = i * lr.stride() + j;
                    lr.data()[at] = (float) (graphShare * Math.log(Math.max(lp.data()[at], FUSION_FLOOR))
                            + (1 - graphShare) * Math.log(Math.max(lr.data()[at], FUSION_FLOOR)));
                }
            }
            return lr.softmaxRows();
        }
    }

    private Fit fit(CandidatePool pool, TrainingLabels labels) {
        if (labels.size() == 0) {
            return new Fit(pool.zeroShot(), null, 1, settings.offsetFloor());
        }
        FloatMatrix lp = pool.settings().spreading().spread(pool.graph(), pool.zeroShot(), labels.items(), labels.classes());
        LogisticRegression lr = LogisticRegression.fit(rows(pool, labels), settings.regularization(), settings.iterations());
        float perClass = (float) labels.size() / pool.classes().size();
        float share = perClass < settings.fewLabels() ? settings.earlyGraph() : settings.lateGraph();
        return new Fit(lp, lr, share, settings.offsetFloor());
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
    private static FloatMatrix offset(FloatMatrix zeroShot, float floor) {
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

    private CrossValidation crossValidate(CandidatePool pool, TrainingLabels labels, long seed) {
        int n = labels.size();
        if (settings.folds() < 2 || n < 4 * settings.folds()) {
            return new CrossValidation(1, labels, new FloatMatrix(0, pool.classes().size()));
        }
        int[] order = shuffled(n, seed);
        FloatMatrix scores = new FloatMatrix(n, pool.classes().size());
        for (int fold = 0; fold < settings.folds(); fold++) {
            int[] held = part(order, fold, settings.folds(), true);
            TrainingLabels rest = labels.select(part(order, fold, settings.folds(), false));
            int[] items = labels.select(held).items();
            Fit fit = fit(pool, rest);
            FloatMatrix p = fit.scores(fit.spread().select(items), pool.vectors().select(items),
                    pool.features().select(items), pool.zeroShot().select(items));
            for (int i = 0; i < held.length; i++) {
                scores.setRow(held[i], p.row(i));
            }
        }
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
        return java.util.stream.IntStream.range(0, order.length).filter(i -> (i % folds == fold) == inside)
                .map(i -> order[i]).sorted().toArray();
    }

    private ModelProvenance provenance(CandidatePool pool, TrainingLabels labels, long seed) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("head", settings.toString());
        parameters.put("pool", pool.settings().toString());
        return new ModelProvenance(name(), ENGINE_VERSION, pool.size(), labels.size(), seed, parameters);
    }
}
