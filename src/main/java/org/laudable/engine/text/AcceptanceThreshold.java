package org.laudable.engine.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.laudable.engine.linear.FloatMatrix;

/**
 * From which confidence on the model's label is accepted without a person (ENGINES §1.6): a proposal that still has to
 * be {@linkplain Certification certified}. Confidences are temperature-scaled probabilities.
 *
 * @param perClass threshold for items predicted as each class; above 1 nothing is accepted
 */
public record AcceptanceThreshold(float[] perClass) {

    /** A threshold nothing passes. */
    public static final float NOTHING = 1.01f;
    /** A class with fewer training labels takes the global threshold. */
    static final int OWN_THRESHOLD_FROM = 30;

    /**
     * Proposes the lowest thresholds at which the cross-validated predictions reach a precision: one for all classes,
     * and its own for each class that at least 30 training labels were predicted as.
     *
     * @param precision wanted among the accepted, in (0, 1)
     */
    public static AcceptanceThreshold propose(CrossValidation validation, int classes, double precision) {
        float[] thresholds = new float[classes];
        Arrays.fill(thresholds, NOTHING);
        if (!validation.available()) {
            return new AcceptanceThreshold(thresholds);
        }
        FloatMatrix p = validation.probabilities();
        int[] predicted = p.argMax();
        int[] all = IntStream.range(0, predicted.length).toArray();
        Arrays.fill(thresholds, lowest(p, predicted, validation.labels().classes(), all, precision));
        for (int c = 0; c < classes; c++) {
            int wanted = c;
            int[] own = Arrays.stream(all).filter(i -> predicted[i] == wanted).toArray();
            if (own.length >= OWN_THRESHOLD_FROM) {
                thresholds[c] = lowest(p, predicted, validation.labels().classes(), own, precision);
            }
        }
        return new AcceptanceThreshold(thresholds);
    }

    /** The confidence of the last item of the longest most-confident prefix that reaches the precision. */
    private static float lowest(FloatMatrix p, int[] predicted, int[] truth, int[] rows, double precision) {
        int[] order = Arrays.stream(rows).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -p.get(i, predicted[i])).thenComparingInt(i -> i))
                .mapToInt(Integer::intValue).toArray();
        int right = 0;
        float threshold = NOTHING;
        for (int n = 0; n < order.length; n++) {
            float confidence = p.get(order[n], predicted[order[n]]);
            right += predicted[order[n]] == truth[order[n]] ? 1 : 0;
            boolean tied = n + 1 < order.length && p.get(order[n + 1], predicted[order[n + 1]]) == confidence;
            if (!tied && right >= precision * (n + 1)) {
                threshold = confidence;
            }
        }
        return threshold;
    }

    /** Whether the most probable class of a row is accepted. */
    public boolean accepts(FloatMatrix probabilities, int row) {
        int c = probabilities.argMax(row);
        return probabilities.get(row, c) >= perClass[c];
    }

    /** The rows that are accepted, ascending. */
    public int[] accepted(FloatMatrix probabilities) {
        return IntStream.range(0, probabilities.rows()).filter(i -> accepts(probabilities, i)).toArray();
    }

    /** The next, stricter proposal after a failed certification: half the way to certainty. */
    public AcceptanceThreshold raised() {
        float[] higher = perClass.clone();
        for (int c = 0; c < higher.length; c++) {
            higher[c] = higher[c] >= 1 ? higher[c] : (1 + higher[c]) / 2;
        }
        return new AcceptanceThreshold(higher);
    }
}
