package org.laudable.engine.text.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.laudable.engine.text.VerificationRule;

/**
 * Who answers a replay's questions: people (the file's labels), a language model, or the model verified by people under
 * the product's own rule. Counts what people had to do.
 *
 * @param kind  human, llm or hybrid
 * @param model null for human
 * @param rule  what people verify in hybrid
 */
public record ReplayOracle(String kind, @Nullable LanguageModel model, VerificationRule rule) {
    public static final ReplayOracle HUMAN = new ReplayOracle("human", null, new VerificationRule(0, 0, 0));

    /** A language model as replay sees it. */
    public interface LanguageModel {

        /** One answer per text, in their order; empty: it gave none. */
        List<Optional<Said>> answer(List<String> texts);

        /** Calls made so far. */
        long calls();
    }

    /** @param confidence null if it gave none */
    public record Said(int classIndex, @Nullable Float confidence) {}

    /**
     * An answered question.
     *
     * @param classIndex −1: nobody answered
     * @param human      whether a person labelled it
     */
    record Answered(int item, int classIndex, boolean human) {}

    /** @param taskModel what the task model says of an item */
    List<Answered> answer(int[] items, List<String> texts, int[] gold, ToIntFunction<Integer> taskModel) {
        List<Answered> answers = new ArrayList<>();
        List<Optional<Said>> said = model == null ? List.of() : model.answer(texts);
        for (int i = 0; i < items.length; i++) {
            int item = items[i];
            if (model == null) {
                answers.add(new Answered(item, gold[item], true));
                continue;
            }
            Optional<Said> its = said.get(i);
            boolean person = kind.equals("hybrid") && (its.isEmpty() || rule.drawn(item)
                    || rule.judge(its.get().confidence(), its.get().classIndex() == taskModel.applyAsInt(item)) != VerificationRule.Judgement.TAKEN);
            answers.add(new Answered(item, person ? gold[item] : its.map(Said::classIndex).orElse(-1), person));
        }
        return answers;
    }
}
