package org.laudable.dataset.file;

/** What rows of other tools say that has no place here; an import counts it in its report. */
public enum LeftOut {
    SEVERAL_LABELS("texts with several labels: none was taken, all are in the metadata as 'labels'"),
    DISAGREEMENT("texts on which people disagree evenly: no label was taken, all are in the metadata as 'labels'"),
    OUTVOTED("texts on which a minority said otherwise: the majority's label was taken, all are in the metadata as 'labels'"),
    SKIPPED("answers that were skipped, cancelled, ignored or discarded"),
    DRAFT("drafts of answers"),
    REJECTED("rejected labels: they say only what a text is not"),
    NO_CHOICE("answers that chose none of the classes"),
    OTHER_REGIONS("marks inside of texts and other answers that are no choice of a class"),
    MORE_PREDICTIONS("further predictions of a text: the first one was taken"),
    OTHER_QUESTIONS("predictions for further questions: those of the first question were taken"),
    ODD_SCORE("scores of predictions that are no number from 0 to 1"),
    BYTES("rows with bytes that are no text, such as pictures: the bytes stay out"),
    TOKENS("lists of tokens: they follow from the text");

    private final String sentence;

    LeftOut(String sentence) {
        this.sentence = sentence;
    }

    /** In English, for programs. */
    public String sentence() {
        return sentence;
    }
}
