package org.laudable.project;

import java.time.Instant;

/**
 * Someone who works in a project.
 *
 * @param enabled whether their account is: a disabled member cannot sign in, but their labels stay
 */
public record Member(long accountId, String displayName, String username, Role role, boolean enabled, Instant addedAt) {}
