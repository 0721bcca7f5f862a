package org.laudable.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A version of a project's labels.
 *
 * @param takenAt   the moment it shows; it and what follows is empty until it is READY
 * @param guideline the newest version of the guidelines then
 * @param classes   as they were
 * @param rows      of texts: rows of files; of series: labeled windows
 * @param counts    rows by class id; 0: none of the classes
 * @param hash      SHA-256 of all it says, in hexadecimal
 */
public record Snapshot(long id, long projectId, String name, State state, Optional<String> error, Optional<Instant> takenAt,
        Optional<Integer> guideline, List<ClassThen> classes, long rows, long labels, Map<Long, Long> counts, String hash,
        Optional<String> createdBy, Instant createdAt) {

    /** How far it is. */
    @Schema(name = "SnapshotState")
    public enum State {
        TAKING,
        READY,
        FAILED
    }

    /** A class as it was. */
    public record ClassThen(long id, String name, String description, boolean retired) {}
}
