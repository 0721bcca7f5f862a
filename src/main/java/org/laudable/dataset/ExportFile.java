package org.laudable.dataset;

import java.time.Instant;
import org.laudable.jobs.JobState;

/**
 * A file with labels that is, or was, made in the background.
 *
 * @param bytes null until it is whole
 * @param error why it failed; null otherwise
 */
public record ExportFile(long id, long projectId, ExportFormat format, boolean labeledOnly, String fileName, JobState state, Long bytes,
        String error, Instant createdAt, Instant finishedAt) {}
