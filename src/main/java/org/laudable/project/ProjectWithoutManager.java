package org.laudable.project;

/** Fired within the transaction in which a rule took away the last manager: the administrators have to see to it. */
public record ProjectWithoutManager(long projectId) {}
