package org.laudable.dataset;

import java.time.Instant;

/**
 * An item in a list.
 *
 * @param text       cut at 400 characters
 * @param audit      whether it belongs to the audit sample
 * @param outcome    'LABEL', 'NONE', or null while it has no label
 * @param classId    of its label; null if it has none
 * @param origin     of its label; null if it has none
 * @param confidence of its label, 0 to 1; null if unknown
 * @param labeledAt  null if it has no label
 * @param predictedClassId what the newest model says; null if it said nothing yet
 */
public record ItemSummary(long id, String text, boolean audit, String outcome, Long classId, Origin origin, Float confidence,
        Instant labeledAt, Long predictedClassId, Float predictedConfidence) {}
