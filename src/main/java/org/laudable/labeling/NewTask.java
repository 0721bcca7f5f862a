package org.laudable.labeling;

/**
 * A question to put into the queue.
 *
 * @param priority higher is asked first
 * @param reason why this item, in words: 'two classes within 3 %'
 * @param suggestionClassId the proposed class, or null
 * @param suggestionConfidence 0..1, or null
 * @param suggestionSource 'zero-shot', 'model v3', …; or null
 */
public record NewTask(long itemId, Purpose purpose, double priority, String reason, Long suggestionClassId,
        Float suggestionConfidence, String suggestionSource) {}
