package org.laudable.jobs;

/** Who goes first when workers are few. */
public enum JobPriority {
    /** A person waits for it: a round's training. */
    INTERACTIVE(90),
    NORMAL(50),
    /** Large and patient: imports, embeddings, bulk labelling. */
    BULK(10);

    private static final int TURNS = 10_000;

    private final int weight;

    JobPriority(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }

    static JobPriority ofWeight(int weight) {
        for (JobPriority priority : values()) {
            if (priority.weight == weight) {
                return priority;
            }
        }
        return NORMAL;
    }

    /**
     * Where a job of this priority stands in the line of all: above every job of a lower one, and among its own by its turn, so
     * that a project with a thousand jobs does not keep the others waiting.
     *
     * @param turn from 1; beyond some thousands all stand alike
     */
    short rank(long turn) {
        return (short) (ordinal(this) * TURNS + TURNS - 1 - Math.min(turn, TURNS - 1));
    }

    private static int ordinal(JobPriority priority) {
        return values().length - 1 - priority.ordinal();
    }
}
