package org.laudable.project;

/** How people's work is counted in money. */
public enum RateKind {
    NONE,
    PER_LABEL,
    PER_HOUR
}
