package org.laudable.engine.text;

import java.util.List;
import org.laudable.engine.linear.FloatMatrix;

/**
 * One unit vector per class, made from its prompts: the mean of the prompts' unit vectors, scaled to length 1, minus
 * the mean over all classes, scaled again (ENGINES §1.3b, step 1). Immutable.
 *
 * @param classes the classes, in the order of all class indices
 * @param vectors classes × dimension
 */
public record LabelVectors(List<TextClass> classes, FloatMatrix vectors) {

    public LabelVectors {
        classes = List.copyOf(classes);
        if (classes.size() < 2) {
            throw new IllegalArgumentException("There must be at least two classes, got " + classes.size());
        }
        if (vectors.rows() != classes.size()) {
            throw new IllegalArgumentException("There must be one vector per class");
        }
    }

    /** Encodes the prompts of each class. */
    public static LabelVectors of(List<TextClass> classes, PromptTemplates templates, TextEncoder encoder) {
        FloatMatrix vectors = new FloatMatrix(Math.max(1, classes.size()), encoder.dimension());
        float[] none = new float[encoder.dimension()];
        for (int c = 0; c < classes.size(); c++) {
            float[] sum = new float[encoder.dimension()];
            for (String prompt : templates.prompts(classes.get(c))) {
                float[] v = encoder.encode(prompt);
                for (int j = 0; j < sum.length; j++) {
                    sum[j] += v[j];
                }
            }
            vectors.setRow(c, sum);
        }
        vectors.centerAndNormalize(none);
        vectors.centerAndNormalize(vectors.columnMeans());
        return new LabelVectors(classes, vectors);
    }

    public int size() {
        return classes.size();
    }
}
