package org.laudable.dataset;

import java.time.Instant;
import java.util.List;

/**
 * An item as programs read it.
 *
 * @param externalIds from the files it came from, at most 100
 * @param metadata    of its first row, a JSON object; null if it has none
 * @param outcome     'LABEL', 'NONE', or null while it has no label
 * @param label       the class's name; null without a label
 * @param knownLabel  from the file's label column; null if there is none
 * @param predicted   what the newest model says; null if it said nothing yet
 */
public record ItemDetails(long id, String text, List<String> externalIds, String metadata, String outcome, Long classId, String label,
        Origin origin, Float confidence, Instant labeledAt, String knownLabel, Long predictedClassId, String predicted,
        Float predictedConfidence) {}
