package org.laudable.labeling;

/** Who paused a person in a project. */
public enum PausedBy {
    MANAGER,
    /** Their answers to gold items fell below the pass mark. */
    GOLD
}
