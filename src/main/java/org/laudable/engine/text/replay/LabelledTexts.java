package org.laudable.engine.text.replay;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Texts with their true labels.
 *
 * @param name    what the data set is called
 * @param texts   the texts
 * @param labels  class index of each
 * @param classes names of the classes, sorted
 * @param splits  the official split of each text, or empty
 */
public record LabelledTexts(String name, List<String> texts, int[] labels, List<String> classes, List<String> splits) {

    public LabelledTexts {
        texts = List.copyOf(texts);
        classes = List.copyOf(classes);
        splits = List.copyOf(splits);
        if (texts.size() != labels.length || !splits.isEmpty() && splits.size() != labels.length) {
            throw new IllegalArgumentException("There must be one label, and one split or none, per text");
        }
        if (classes.size() < 2) {
            throw new IllegalArgumentException("There must be at least two classes, got " + classes.size());
        }
    }

    /** Numbers the label names in their natural order. */
    public static LabelledTexts of(String name, List<String> texts, List<String> labels, List<String> splits) {
        List<String> classes = List.copyOf(new TreeSet<>(labels));
        Map<String, Integer> index = IntStream.range(0, classes.size()).boxed()
                .collect(Collectors.toMap(classes::get, Function.identity()));
        return new LabelledTexts(name, texts, labels.stream().mapToInt(index::get).toArray(), classes, splits);
    }
}
