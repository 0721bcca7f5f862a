package org.laudable.labeling;

import java.time.Instant;
import java.util.List;

/**
 * A question as the annotator gets it. What it is for stays on the server.
 *
 * @param suggestion or null
 * @param likely the likeliest classes, best first; empty if no model has looked yet
 * @param reason why this item, in words; may be empty
 * @param leaseUntil until when nobody else gets this slot
 * @param activeMillis time already spent on it, before an undo
 * @param window of a series the question is about; null: it is about the text
 * @param sentBack a reviewer's note if the person shall answer it again, or null
 */
public record TaskView(long id, String text, Suggestion suggestion, List<Long> likely, String reason,
        Instant leaseUntil, long activeMillis, Window window, SentBack sentBack) {}
