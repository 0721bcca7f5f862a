package org.laudable.streaming;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a live point. */
@Schema(name = "LiveFate")
public enum LiveFate {
    SCORED,
    /** Before a point that was scored; nothing said is changed. */
    LATE,
    /** Of a moment that was scored, or that the series holds. */
    DUPLICATE,
    /** More than a day ahead of the clock. */
    FUTURE
}
