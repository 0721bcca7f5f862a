package org.laudable.dataset.file;

/** What a column of a file is for. */
public enum ColumnUse {
    TEXT,
    ID,
    LABEL,
    METADATA,
    IGNORED
}
