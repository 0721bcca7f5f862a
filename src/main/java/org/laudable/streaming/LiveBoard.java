package org.laudable.streaming;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A project's live scoring at a moment.
 *
 * @param model     what scores now; null: nothing does
 * @param next      what is being made ready to take its place; null: nothing is
 * @param series    by name, those that were scored or can be
 * @param newest    anomalies, newest first
 * @param awaiting  how many judged ones are no answers yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Live")
public record LiveBoard(Model model, Next next, List<Line> series, List<LiveAnomaly> newest, int awaiting) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "LiveModel")
    public record Model(String version, String approvedBy, Instant since) {}

    /** @param error why it could not be made ready; null while it is going on */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "NextLiveModel")
    public record Next(String version, String error) {}

    /**
     * One series.
     *
     * @param known     whether the approved model knows it
     * @param points    scored so far
     * @param late      points that came after a later one was scored
     * @param refused   points from more than a day ahead
     * @param gaps      places where points are missing
     * @param lastAt    the newest point's moment
     * @param seenAt    when it came
     * @param rate      points a second, over the last half minute
     * @param recent    probabilities of the newest points, oldest first
     * @param drift     population stability index of the last 1,000 scores against those learned from
     * @param drifted   whether it was beyond 0.25 twice in a row
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "LiveSeries")
    public record Line(long seriesId, String name, String zone, boolean known, long points, long late, long duplicates, long refused, long gaps, Instant lastAt,
            Instant seenAt, double rate, List<Float> recent, Double drift, boolean drifted) {}
}
