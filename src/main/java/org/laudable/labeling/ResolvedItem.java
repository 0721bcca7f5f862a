package org.laudable.labeling;

/**
 * A class given to an item by a model.
 *
 * @param confidence 0..1
 */
public record ResolvedItem(long itemId, long classId, float confidence) {}
