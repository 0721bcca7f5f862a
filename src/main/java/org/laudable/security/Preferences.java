package org.laudable.security;

/**
 * How a person wants to see Laudable.
 *
 * @param language 'en' or 'de'
 * @param theme 'system', 'light' or 'dark'
 */
public record Preferences(String language, String theme) {}
