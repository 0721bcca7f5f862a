package org.laudable.laud;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.laudable.engine.text.DemonstrationChoice;
import org.laudable.llm.Demonstration;
import org.laudable.llm.TextToClassify;

/** Retrieves, for the texts of one call, labelled neighbours within a budget of tokens. */
final class InContextExamples implements Demonstration.Source {
    /** About three bytes are a token: so the examples stay under the budget in any tokenizer in use. */
    private static final int BYTES_PER_TOKEN = 3;
    private static final int FRAME_TOKENS = 12;

    private final Map<Long, float[]> vectors;
    private final List<Demonstration> labelled;
    private final float[][] labelledVectors;
    private final long[] classes;
    private final int budgetTokens;

    /**
     * @param vectors         unit vectors of the texts that will be asked about, by item id
     * @param labelled        texts with the class that people gave them, and their vectors and class ids in the same order
     * @param budgetTokens    the most the examples of one call may take
     */
    InContextExamples(Map<Long, float[]> vectors, List<Demonstration> labelled, float[][] labelledVectors, long[] classes, int budgetTokens) {
        this.vectors = vectors;
        this.labelled = labelled;
        this.labelledVectors = labelledVectors;
        this.classes = classes;
        this.budgetTokens = budgetTokens;
    }

    @Override
    public List<Demonstration> forTexts(List<TextToClassify> texts) {
        List<List<Integer>> each = new ArrayList<>();
        for (TextToClassify text : texts) {
            float[] vector = vectors.get(text.itemId());
            each.add(vector == null ? List.of() : DemonstrationChoice.standard().choose(vector, labelledVectors, classes));
        }
        Map<Integer, Demonstration> chosen = new LinkedHashMap<>();
        int used = 0;
        for (int rank = 0; rank < DemonstrationChoice.standard().count(); rank++) {
            for (List<Integer> own : each) {
                if (rank < own.size() && !chosen.containsKey(own.get(rank))) {
                    Demonstration example = labelled.get(own.get(rank));
                    int tokens = example.text().getBytes(StandardCharsets.UTF_8).length / BYTES_PER_TOKEN + FRAME_TOKENS;
                    if (used + tokens <= budgetTokens) {
                        chosen.put(own.get(rank), example);
                        used += tokens;
                    }
                }
            }
        }
        return new ArrayList<>(chosen.values()).reversed();
    }
}
