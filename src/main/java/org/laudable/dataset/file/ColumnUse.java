package org.laudable.dataset.file;

/** What a column of a file is for. */
public enum ColumnUse {
    TEXT,
    ID,
    LABEL,
    METADATA,
    IGNORED,
    /** The class a model proposes. */
    SUGGESTION,
    /** How sure that model is, 0 to 1. */
    SUGGESTION_SCORE,
    /** Which model. */
    SUGGESTION_SOURCE;

    /** Whether only one column of a file can be it. */
    public boolean single() {
        return this != METADATA && this != IGNORED;
    }
}
