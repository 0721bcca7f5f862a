package org.laudable.llm;

/** What a language model says of a window: how abnormal and why, or nothing and why not. */
public sealed interface Judgement {

    /**
     * @param severity in [0, 1]
     * @param reason   one sentence, the model's own words: shown as such
     * @param known    whether a like window had been judged before, so that nothing was asked
     */
    record Judged(double severity, String reason, boolean known) implements Judgement {}

    record Missing(Absence absence, String sentence) implements Judgement {}
}
