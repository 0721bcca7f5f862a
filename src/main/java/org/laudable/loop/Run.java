package org.laudable.loop;

import java.time.Instant;
import org.laudable.project.ProjectKind;

/**
 * A run as every loop knows it.
 *
 * @param leftState   where a paused or failed run goes on; null otherwise
 * @param settings    the project's loop settings, frozen at the start; JSON that only the loop of this kind reads
 * @param stopRule    the stopping rule that fired, or null
 * @param error       why it failed, or paused by itself; null otherwise
 * @param roundNumber the round now collecting answers
 */
public record Run(long id, long projectId, ProjectKind kind, RunState state, RunState leftState, String settings, String stopRule,
        Note stopReason, Note error, int roundNumber, Long startedBy, Instant createdAt, Instant stateSince, Instant finishedAt) {}
