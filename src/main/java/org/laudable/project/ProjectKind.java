package org.laudable.project;

/** What a project labels. */
public enum ProjectKind {
    TEXT,
    SERIES
}
