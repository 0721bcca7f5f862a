package org.laudable.project;

/** What a class of a SERIES project means to the detector; such a project has one class of each. */
public enum Meaning {
    /** Something is wrong here. */
    ANOMALY,
    /** Nothing is odd. */
    NORMAL,
    /** Odd, but explained: a holiday, a deployment. */
    EXPECTED
}
