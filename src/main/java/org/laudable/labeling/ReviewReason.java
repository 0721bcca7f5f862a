package org.laudable.labeling;

/** Why a question was closed without a label: a reviewer decides. */
public enum ReviewReason {
    /** The answers do not agree, and nobody more is asked. */
    DISAGREEMENT,
    /** Somebody says that something is wrong with the item. */
    FLAGGED,
    /** Everybody who could answer passed it on, or one person did for want of an expert or because the data are bad. */
    SKIPPED
}
