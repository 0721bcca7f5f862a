package org.laudable.loop;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a project's newest model says of texts or windows it has not seen; nothing of it is stored.
 *
 * @param model   the round of the run whose model it was; 0 is the start before any answer
 * @param texts   in the order asked; absent in a project of series
 * @param windows in the order asked; absent in a project of texts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Predictions(int model, List<Text> texts, List<Scored> windows) {

    /**
     * @param classId    the most probable class
     * @param confidence its probability
     * @param chances    probability by class name
     */
    @Schema(name = "TextPrediction")
    public record Text(long classId, String label, float confidence, Map<String, Float> chances) {}

    /**
     * @param flagged whether any point is an anomaly at the project's costs
     * @param probabilities of an anomaly, one per point
     */
    @Schema(name = "WindowPrediction")
    public record Scored(long seriesId, boolean flagged, List<Double> probabilities) {}

    /** Points of a series, in the order of time; the model sees what the series holds before the first of them. */
    public record Window(long seriesId, List<Point> points) {}

    /** @param values one per channel, in the channels' order; null where there is none */
    public record Point(Instant at, List<Double> values) {}
}
