package org.laudable.observability;

import org.jboss.logging.MDC;

/** Names the project and the job in every line this thread logs until it is closed. */
public final class LogIds implements AutoCloseable {
    private static final String PROJECT = "project";
    private static final String JOB = "job";

    private LogIds() {}

    /** @param projectId null: of none */
    public static LogIds ofJob(long jobId, Long projectId) {
        MDC.put(JOB, Long.toString(jobId));
        if (projectId != null) {
            MDC.put(PROJECT, projectId.toString());
        }
        return new LogIds();
    }

    @Override
    public void close() {
        MDC.remove(JOB);
        MDC.remove(PROJECT);
    }
}
