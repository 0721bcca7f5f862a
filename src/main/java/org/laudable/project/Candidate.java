package org.laudable.project;

/** Someone with an account who could join a project. */
public record Candidate(long accountId, String displayName, String username) {}
