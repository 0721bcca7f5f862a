package org.laudable.engine.text;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The answers a model learns from: pool items and their classes, in the order of the items. Build it with
 * {@link #of(Map)}; the arrays are shared, not copied, and must not be changed.
 *
 * @param items   pool indices, ascending, without repetition
 * @param classes class indices, in the same order
 */
public record TrainingLabels(int[] items, int[] classes) {

    public TrainingLabels {
        if (items.length != classes.length) {
            throw new IllegalArgumentException("There must be one class per labelled item");
        }
        for (int i = 1; i < items.length; i++) {
            if (items[i] <= items[i - 1]) {
                throw new IllegalArgumentException("Labelled items must be ascending and distinct");
            }
        }
    }

    /** From pool index to class index; the order of the map does not matter. */
    public static TrainingLabels of(Map<Integer, Integer> classByItem) {
        TreeMap<Integer, Integer> sorted = new TreeMap<>(classByItem);
        return new TrainingLabels(sorted.keySet().stream().mapToInt(Integer::intValue).toArray(),
                sorted.values().stream().mapToInt(Integer::intValue).toArray());
    }

    public static TrainingLabels none() {
        return new TrainingLabels(new int[0], new int[0]);
    }

    public int size() {
        return items.length;
    }

    /** Labels per class. */
    public int[] countPerClass(int classCount) {
        int[] count = new int[classCount];
        for (int c : classes) {
            count[c]++;
        }
        return count;
    }

    /** The classes nobody has found yet, to be reported. */
    public List<Integer> missingClasses(int classCount) {
        int[] count = countPerClass(classCount);
        return IntStream.range(0, classCount).filter(c -> count[c] == 0).boxed().toList();
    }

    /** The labels at the given positions, which must be ascending. */
    TrainingLabels select(int[] positions) {
        int[] i = new int[positions.length];
        int[] c = new int[positions.length];
        for (int p = 0; p < positions.length; p++) {
            i[p] = items[positions[p]];
            c[p] = classes[positions[p]];
        }
        return new TrainingLabels(i, c);
    }
}
