package org.laudable.series;

/** What becomes of labels that come along in files. */
public enum KnownLabels {
    /** Kept beside, for replay and comparison; nothing learns from them. */
    GOLD,
    /** The anomalies become verdicts at once, as if people had given them. */
    LABELS,
    /** Left out. */
    NONE
}
