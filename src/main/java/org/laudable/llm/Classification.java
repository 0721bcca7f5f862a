package org.laudable.llm;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a set of texts is to be classified by.
 *
 * @param projectId whose budget pays
 * @param domain what the texts are, in a sentence; may be empty
 * @param classes at least two, names all different
 * @param guideline what annotators are told; may be empty
 * @param batchSize texts per call
 * @param promptVersionId the words; empty: the newest built-in ones
 * @param runId whose cap for language models holds too
 * @param purpose as shown on the calls page
 */
public record Classification(long modelId, OptionalLong projectId, String domain, List<ClassOption> classes, String guideline,
        int batchSize, OptionalLong promptVersionId, OptionalLong runId, String purpose) {

    /** With the built-in words, outside of a run. */
    public Classification(long modelId, OptionalLong projectId, String domain, List<ClassOption> classes, String guideline, int batchSize) {
        this(modelId, projectId, domain, classes, guideline, batchSize, OptionalLong.empty(), OptionalLong.empty(), "classify");
    }

    public Classification {
        classes = List.copyOf(classes);
        if (classes.size() < 2 || classes.stream().map(ClassOption::name).distinct().count() != classes.size()) {
            throw new IllegalArgumentException("A classification needs at least two classes with different names");
        }
        if (batchSize < 1 || batchSize > 100) {
            throw new IllegalArgumentException("A batch has 1 to 100 texts");
        }
    }
}
