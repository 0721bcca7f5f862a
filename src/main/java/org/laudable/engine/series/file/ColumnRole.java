package org.laudable.engine.series.file;

/** What a column of a table is for. */
public enum ColumnRole {
    TIME,
    /** Holds the values of a channel of its own. */
    CHANNEL,
    /** Says whether the point is anomalous. */
    LABEL,
    /** Names the series (long tables). */
    SERIES,
    /** Names the channel (long tables). */
    CHANNEL_NAME,
    /** Holds the values (long tables). */
    VALUE,
    IGNORED
}
