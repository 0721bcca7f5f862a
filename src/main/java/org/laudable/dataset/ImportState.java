package org.laudable.dataset;

/** Where an import stands; a draft is a file that was uploaded but not yet told to go in. */
public enum ImportState {
    DRAFT,
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
}
