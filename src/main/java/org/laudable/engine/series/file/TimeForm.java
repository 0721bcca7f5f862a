package org.laudable.engine.series.file;

/** How a file writes its times. */
public enum TimeForm {
    /** Year first: {@code 2024-03-31 14:30:00}, with or without T, fractions, Z or an offset; also / or nothing between. */
    ISO,
    /** {@code 31.03.2024 14:30} or with slashes. */
    DAY_FIRST,
    /** {@code 3/31/2024 2:30 PM}. */
    MONTH_FIRST,
    /** Seconds since 1970. */
    SECONDS,
    MILLISECONDS,
    MICROSECONDS,
    NANOSECONDS,
    /** A running number: so many steps since the beginning. */
    COUNT,
    /** No time at all: one row a step. */
    ROWS;

    /** Whether a zone is needed to know the moment. */
    public boolean local() {
        return this == ISO || this == DAY_FIRST || this == MONTH_FIRST;
    }

    /** Whether the distance of two steps must be said. */
    public boolean counted() {
        return this == COUNT || this == ROWS;
    }
}
