package org.laudable.project;

/** Where a project stands: being set up, in use, or put away (readable, not changeable). */
public enum ProjectState {
    DRAFT,
    ACTIVE,
    ARCHIVED
}
