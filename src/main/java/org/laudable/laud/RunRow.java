package org.laudable.laud;

import java.time.Instant;
import java.util.Optional;
import org.laudable.loop.Note;
import org.laudable.loop.RunState;

/**
 * A run as its table has it.
 *
 * @param leftState   where a paused or failed run goes on; null otherwise
 * @param roundNumber the round now collecting answers
 * @param embeddedAt  when the last complete pass over all items began; null before
 */
record RunRow(long id, long projectId, RunState state, RunState leftState, RunSettings settings, String stopRule,
        Note stopReason, Note error, int roundNumber, long embedded, long embedTotal, Instant embeddedAt,
        CertificationState certification, Long startedBy, Instant createdAt, Instant stateSince, Instant finishedAt) {

    Optional<CertificationState> certifying() {
        return Optional.ofNullable(certification);
    }
}
