package org.laudable.streaming;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.laudable.project.Meaning;

/**
 * An anomaly that was found live.
 *
 * @param zone     in which the series' moments are read
 * @param version  of the model that found it
 * @param to       its newest flagged point
 * @param channel  the one that deviates most at the peak
 * @param open     whether it may go on
 * @param meaning  a person's word; null: nobody said anything yet
 * @param taken    whether that word is an answer of the series' loop already
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "LiveAnomaly")
public record LiveAnomaly(long id, long seriesId, String series, String zone, String version, Instant from, Instant to, Instant peak, double probability, int points,
        String channel, Signal signal, boolean open, Instant foundAt, Meaning meaning, String judge, String comment, boolean taken) {

    /** Which signal speaks loudest at the peak. */
    @Schema(name = "LiveSignal")
    public enum Signal {
        /** The VAE does not know such a window. */
        VAE,
        /** Values lie far from their usual level. */
        LEVEL,
        /** Nothing like it was seen before. */
        NOVELTY,
        /** None alone: it looks like what people called an anomaly. */
        LEARNED
    }
}
