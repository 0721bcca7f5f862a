package org.laudable.anomaly;

/** What is held of an anomaly. */
public enum AnomalyState {
    /** The model flags it; nobody has looked. */
    SUGGESTED,
    /** People say so. */
    CONFIRMED,
    /** The model flags it, people say it is normal. */
    REFUSED,
    /** It looks like one that people confirmed. */
    PROPAGATED,
    /** Odd, but explained: by an event or by people. */
    EXPECTED
}
