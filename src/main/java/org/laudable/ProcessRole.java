package org.laudable;

/** What this process does of what Laudable does; several processes share one database and one data folder. */
public enum ProcessRole {
    /** Everything: one process serves a team. */
    ALL,
    /** Pages and REST. */
    WEB,
    /** Work in the background: imports, rounds, labelling of the rest, webhooks. */
    WORKER,
    /** Scores points of series as they arrive. */
    STREAM;

    public boolean servesPages() {
        return this == ALL || this == WEB;
    }

    public boolean worksOnJobs() {
        return this == ALL || this == WORKER;
    }

    public boolean scoresStreams() {
        return this == ALL || this == STREAM;
    }
}
