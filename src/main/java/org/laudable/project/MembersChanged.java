package org.laudable.project;

/** Fired within the transaction that adds, changes or removes members. */
public record MembersChanged(long projectId) {}
