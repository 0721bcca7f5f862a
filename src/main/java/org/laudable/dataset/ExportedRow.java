package org.laudable.dataset;

import java.time.Instant;
import java.util.List;

/**
 * One line of an export: a row of an imported file with its item's label.
 *
 * @param label      the class's name; null without a label
 * @param outcome    'label', 'none of these', or null without an answer
 * @param origin     who says so; null without a label
 * @param confidence 0 to 1; for people: how far they agree; null if unknown
 * @param annotators user names of those whose answers made the label
 * @param seconds    people's active time on the item; null without an answer
 * @param knownLabel from the file's label column
 * @param metadata   a JSON object, or null
 */
record ExportedRow(String id, String text, String label, String outcome, Origin origin, Float confidence,
        List<String> annotators, Instant labeledAt, Double seconds, Integer modelVersion, String knownLabel, String metadata) {}
