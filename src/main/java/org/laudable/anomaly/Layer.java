package org.laudable.anomaly;

/** A score of every point, in [0, 1]. The order is that of the database. */
enum Layer {
    PROBABILITY,
    ALARM,
    POTENTIAL,
    NOVELTY,
    AGENT
}
