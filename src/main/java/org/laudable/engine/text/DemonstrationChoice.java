package org.laudable.engine.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Chooses labelled examples for an in-context task model (ENGINES §1.4): near to the text, unlike each other, and of
 * several classes (maximal marginal relevance; a class already shown counts as half as relevant).
 *
 * @param count  examples per text
 * @param weight of nearness against likeness among the examples, in [0, 1]
 */
public record DemonstrationChoice(int count, double weight) {

    public static DemonstrationChoice standard() {
        return new DemonstrationChoice(6, 0.7);
    }

    /**
     * Indices of the chosen examples, the nearest first.
     *
     * @param text     unit vector
     * @param examples unit vectors of the labelled texts
     * @param classes  their classes
     */
    public List<Integer> choose(float[] text, float[][] examples, long[] classes) {
        double[] near = new double[examples.length];
        for (int i = 0; i < near.length; i++) {
            near[i] = cosine(text, examples[i]);
        }
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < Math.min(count, examples.length)) {
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < examples.length; i++) {
                if (!chosen.contains(i)) {
                    double worth = worth(i, near, examples, classes, chosen);
                    if (worth > most) {
                        most = worth;
                        best = i;
                    }
                }
            }
            chosen.add(best);
        }
        chosen.sort((a, b) -> Double.compare(near[b], near[a]));
        return chosen;
    }

    private double worth(int item, double[] near, float[][] examples, long[] classes, List<Integer> chosen) {
        double alike = 0;
        double relevance = near[item];
        for (int other : chosen) {
            alike = Math.max(alike, cosine(examples[item], examples[other]));
            if (classes[item] == classes[other]) {
                relevance -= Math.abs(relevance) / 2;
            }
        }
        return weight * relevance - (1 - weight) * alike;
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
