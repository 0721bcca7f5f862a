package org.laudable.laud;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.linear.MatrixProduct;

/**
 * Why an item is asked, in words, in the language of whoever started the run. The audit sample and certifications get
 * their reasons from the same figures, so nobody can tell them from other questions.
 */
final class QuestionReason {
    /** Centred vectors this close say nearly the same. */
    private static final float SIMILAR = 0.6f;
    private static final float CLOSE = 0.05f;
    private static final int MANY = 5;

    private final ResourceBundle texts;
    private final Locale locale;

    private QuestionReason(ResourceBundle texts, Locale locale) {
        this.texts = texts;
        this.locale = locale;
    }

    static QuestionReason in(String language) {
        Locale locale = Locale.of(language);
        return new QuestionReason(ResourceBundle.getBundle("i18n.run", locale, QuestionReason.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)), locale);
    }

    /** Before there is a model. */
    String first() {
        return texts.getString("run.reason.first");
    }

    /** For a text of which the model is sure. */
    String rest() {
        return texts.getString("run.reason.rest");
    }

    /** The start that confirms what looks clear. */
    String confirms(String className) {
        return text("run.reason.confirm", className);
    }

    /**
     * From the model's calibrated probabilities of the item.
     *
     * @param similar how many other texts of the pool say nearly the same
     */
    String of(FloatMatrix probabilities, int row, int similar) {
        float first = 0;
        float second = 0;
        for (int c = 0; c < probabilities.cols(); c++) {
            float p = probabilities.get(row, c);
            if (p > first) {
                second = first;
                first = p;
            } else if (p > second) {
                second = p;
            }
        }
        if (first - second < CLOSE) {
            return text("run.reason.close", Math.max(1, Math.round(100 * (first - second))));
        }
        if (similar >= MANY) {
            return text("run.reason.similar", similar < 20 ? similar : similar < 200 ? similar / 10 * 10 : similar / 100 * 100);
        }
        return first < 0.9 ? text("run.reason.unsure", Math.round(100 * first)) : texts.getString("run.reason.rest");
    }

    /** A language model's answer under the bound. */
    String modelUnsure(Float confidence) {
        return text("run.reason.llm.unsure", Math.round(100 * (confidence == null ? 0 : confidence)));
    }

    /** A language model and the task model say different classes. */
    String modelsDisagree(String languageModel, String taskModel) {
        return text("run.reason.llm.disagrees", languageModel, taskModel);
    }

    String modelWithoutConfidence() {
        return texts.getString("run.reason.llm.noConfidence");
    }

    String modelAbsent() {
        return texts.getString("run.reason.llm.absent");
    }

    private String text(String key, Object... arguments) {
        return new MessageFormat(texts.getString(key).replace("'", "''"), locale).format(arguments);
    }

    /** How many rows of the pool are nearly the same as each of the given ones, themselves left out. */
    static int[] similar(FloatMatrix rows, FloatMatrix pool) {
        int[] counts = new int[rows.rows()];
        int step = Math.max(1, 4_000_000 / Math.max(1, pool.rows()));
        for (int from = 0; from < counts.length; from += step) {
            int[] some = java.util.stream.IntStream.range(from, Math.min(counts.length, from + step)).toArray();
            FloatMatrix cosines = MatrixProduct.multiplyTransposed(rows.select(some), pool);
            for (int i = 0; i < some.length; i++) {
                for (int j = 0; j < pool.rows(); j++) {
                    float cosine = cosines.get(i, j);
                    counts[some[i]] += cosine >= SIMILAR && cosine < 0.9999f ? 1 : 0;
                }
            }
        }
        return counts;
    }
}
