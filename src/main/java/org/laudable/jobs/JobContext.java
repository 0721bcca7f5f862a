package org.laudable.jobs;

import com.fasterxml.jackson.databind.JsonNode;

/** What a running job sees and says. */
public interface JobContext {
    long id();

    /** The project it works for, or null. */
    Long projectId();

    JsonNode payload();

    /** Which try this is, from 1; starts that were cut off, or that a stopping process left, do not count. */
    int attempt();

    /** Saves and shows how far the work is; cheap to call often (written at most twice a second). {@code total} < 0: unknown. */
    void progress(long done, long total, String message);

    /** Whether to stop soon: a person asked for it, this process is shutting down, or another one took the job over. */
    boolean cancelled();
}
