package org.laudable.llm;

import java.time.Instant;

/**
 * Words models are asked with; never changed once saved.
 *
 * @param number  counted per project; the built-in ones apart
 * @param builtIn ours, the same in all projects
 * @param author  a name; empty for built-in ones
 */
public record PromptVersion(long id, int number, boolean builtIn, String template, String author, Instant createdAt) {}
