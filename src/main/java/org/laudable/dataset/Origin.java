package org.laudable.dataset;

/** Who says so: the source of an item's label. */
public enum Origin {
    PERSON,
    REVIEWER,
    LLM,
    MODEL,
    PROPAGATED
}
