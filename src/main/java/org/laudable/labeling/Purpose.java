package org.laudable.labeling;

/** What an answer is for. Annotators are never told, so that they answer all alike. */
public enum Purpose {
    /** Measures the model; never trains it. */
    AUDIT,
    TRAIN,
    /** Certifies the precision of what the model labels by itself. */
    CERTIFY,
    /** Measures the annotator against a known answer; never labels, never trains. */
    GOLD
}
