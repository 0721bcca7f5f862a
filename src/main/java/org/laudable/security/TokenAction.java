package org.laudable.security;

/** What a personal access token may be used for. Its person must be allowed to do it as well. */
public enum TokenAction {
    /** Projects, items, series, labels and how far they are. */
    READ_ITEMS,
    /** Items and points of series come in. */
    WRITE_ITEMS,
    /** Answers in the person's own name. */
    ANNOTATE,
    /** Predictions of one's own model, shown to people as suggestions. */
    SUGGEST,
    /** Projects are made, changed and archived. */
    MANAGE_PROJECTS,
    /** Runs start, pause, go on and stop. */
    MANAGE_RUNS,
    /** Files with labels go out. */
    EXPORT,
    /** New texts and windows go through the trained model. */
    PREDICT,
    /** What was spent, and caps. */
    BUDGETS,
    /** What only administrators may do. */
    ADMIN
}
