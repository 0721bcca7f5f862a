package org.laudable.project;

/** Fired within the transaction that adds, changes or removes members. */
record MembersChanged(long projectId) {}
