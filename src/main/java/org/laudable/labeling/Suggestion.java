package org.laudable.labeling;

/**
 * A proposed class.
 *
 * @param confidence 0..1, or null
 * @param source 'zero-shot', 'model v3', …
 */
public record Suggestion(long classId, Float confidence, String source) {}
