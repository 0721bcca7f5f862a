package org.laudable.loop;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where a run stands, whatever its loop.
 *
 * @param leftState    where a paused or failed run goes on; null otherwise
 * @param stopRule     what ended it: budget, target, stable, gain, person or exhausted; null while nothing did
 * @param error        why it failed; null otherwise
 * @param round        the round now collecting answers
 * @param answered     answers of this round so far
 * @param wanted       answers that complete it
 * @param quality      measured by the newest model; null before there is a measure
 * @param settledMicros what the project has paid so far, in millionths of its currency
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Run")
public record RunStatus(long id, RunState state, RunState leftState, Instant stateSince, String startedBy, Instant createdAt,
        Instant finishedAt, String stopRule, String error, int round, int answered, int wanted, Quality quality, long settledMicros) {

    /**
     * A share with its 95 % interval.
     *
     * @param measure accuracy (texts, on the audit sample) or agreement (series, on random windows)
     * @param items   how many answers it rests on
     */
    @Schema(name = "RunQuality")
    public record Quality(String measure, double value, double low, double high, int items) {}
}
