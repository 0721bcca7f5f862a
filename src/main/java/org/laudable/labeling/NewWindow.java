package org.laudable.labeling;

/**
 * A question about the window of a series that ends in a point, to be put into the queue.
 *
 * @param suggestedFrom where the odd part seems to begin
 * @param suggestedTo the point after its end
 * @param priority higher is asked first
 * @param reason why this window, in words: 'VAE alarmed, potential calm'
 * @param suggestionClassId the proposed class, or null
 * @param suggestionConfidence 0..1, or null
 * @param suggestionSource 'model v3', …; or null
 */
public record NewWindow(long seriesId, int point, int suggestedFrom, int suggestedTo, Purpose purpose, double priority,
        String reason, Long suggestionClassId, Float suggestionConfidence, String suggestionSource) {}
