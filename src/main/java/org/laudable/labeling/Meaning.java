package org.laudable.labeling;

/** What the fixed classes of a series project mean to the detector. */
public enum Meaning {
    ANOMALY,
    NORMAL,
    /** Odd, but it was to be expected: normal once one knows why. */
    EXPECTED
}
