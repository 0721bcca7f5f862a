package org.laudable.labeling;

import java.util.UUID;

/**
 * What became of an answer.
 *
 * @param late it came after its lease had ended, and is kept
 * @param surplus somebody else had filled the slot meanwhile: kept, not counted
 */
public record AnswerReceipt(UUID clientId, long taskId, int revision, boolean late, boolean surplus) {}
