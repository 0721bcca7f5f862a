package org.laudable.jobs;

/** Who goes first when workers are few. */
public enum JobPriority {
    /** A person waits for it: a round's training. */
    INTERACTIVE(90),
    NORMAL(50),
    /** Large and patient: imports, embeddings, bulk labelling. */
    BULK(10);

    private final int weight;

    JobPriority(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }
}
