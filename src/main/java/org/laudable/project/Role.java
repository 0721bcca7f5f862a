package org.laudable.project;

/** What a member may do in a project. A manager may all; a reviewer may also annotate. */
public enum Role {
    MANAGER,
    REVIEWER,
    ANNOTATOR;

    /** Whether this role includes the rights of {@code other}. */
    public boolean includes(Role other) {
        return compareTo(other) <= 0;
    }
}
