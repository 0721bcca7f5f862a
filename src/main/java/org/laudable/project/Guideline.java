package org.laudable.project;

import java.time.Instant;

/**
 * One version of a project's labelling guidelines.
 *
 * @param number counts up from 1 with each save
 * @param author display name; empty if the account is gone
 */
public record Guideline(long projectId, int number, String markdown, Instant createdAt, String author) {}
