package org.laudable.project;

/** The signed-in person's part in a project: what the navigation shows of it. */
public record Membership(long projectId, String projectName, Role role, ProjectKind kind) {}
