package org.laudable.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.laudable.loop.Figure;

/**
 * What a model is worth and where it comes from, in the figures the run's page shows.
 *
 * @param version    run and round: '7-3'
 * @param measures   on answers that never trained it
 * @param limits     what one must know before relying on it; sentences
 * @param parameters every setting by name
 * @param startedFrom the model its run began with; null if it began with none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ModelCard")
public record ModelCard(String project, String kind, String version, Instant madeAt, String engine, long seed, Data data,
        List<Measure> measures, List<ClassLine> classes, List<String> limits, Map<String, String> parameters, String startedFrom) {

    /**
     * @param items        in the pool, or points of all series
     * @param labels       it was trained on
     * @param labelsSha256 over the ids of those labels' resolutions, in the order of their items; series: of their answers
     * @param newestItemId of the pool; the data's state at that moment
     * @param heldBack     texts of the audit sample, which trained nothing
     * @param sources      PERSON, REVIEWER, LLM → how many of the labels
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ModelCardData")
    public record Data(long items, long labels, Instant firstLabel, Instant lastLabel, String labelsSha256, Long newestItemId, Long heldBack,
            Map<String, Long> sources) {}

    /** @param answers the measure rests on; @param basis what was measured, in a sentence */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ModelMeasure")
    public record Measure(String name, Figure figure, int answers, String basis) {}

    /** @param support answers of the class behind precision and recall; both are null where nothing is known */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ModelClass")
    public record ClassLine(String name, int labels, int support, Double precision, Double recall, Double threshold) {}
}
