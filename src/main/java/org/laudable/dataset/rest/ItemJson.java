package org.laudable.dataset.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.laudable.dataset.DataImport;
import org.laudable.dataset.ExportFile;
import org.laudable.dataset.ImportState;
import org.laudable.dataset.ItemDetails;
import org.laudable.jobs.JobState;

/** An item as REST shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Item")
record ItemJson(long id, String text, List<String> externalIds,
        @JsonRawValue @Schema(type = SchemaType.OBJECT, additionalProperties = Object.class) String metadata,
        @Schema(description = "LABEL, NONE (none of the classes), or absent without a label") String outcome, Long classId, String label,
        @Schema(description = "person, reviewer, llm, model or propagated") String origin, Float confidence, Instant labeledAt,
        @Schema(description = "What the file it came from said; never trains by itself") String knownLabel, Prediction predicted) {

    /** What the newest model says of an item. */
    @Schema(name = "ItemPrediction")
    record Prediction(long classId, String label, Float confidence) {}

    static ItemJson of(ItemDetails one) {
        return new ItemJson(one.id(), one.text(), one.externalIds(), one.metadata(), one.outcome(), one.classId(), one.label(),
                one.origin() == null ? null : one.origin().name().toLowerCase(Locale.ROOT), one.confidence(), one.labeledAt(), one.knownLabel(),
                one.predictedClassId() == null ? null : new Prediction(one.predictedClassId(), one.predicted(), one.predictedConfidence()));
    }

    @Schema(name = "ItemPage")
    record Page(List<ItemJson> items, @Schema(description = "The cursor of the next page; absent on the last one") String next) {}

    /** Rows on their way in. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ItemImport")
    record Import(long id, ImportState state, long rowsRead, long rowsIn, @Schema(description = "Of the rows that went in: texts that were there already") long rowsMerged,
            long rowsRefused, @Schema(description = "Where the refused rows are, with the reasons") String refused, Map<String, Long> unknownLabels,
            @Schema(description = "What the file said that has no place here, with how often it said it") Map<String, Long> leftOut, String error, Instant createdAt, Instant finishedAt) {
        static Import of(DataImport one) {
            return new Import(one.id(), one.state(), one.rowsRead(), one.rowsIn(), one.rowsMerged(), one.rowsRefused(), one.rowsRefused() == 0 ? null
                    : "/api/v1/projects/%d/imports/%d/refused.csv".formatted(one.projectId(), one.id()), one.unknownLabels(), sentences(one), one.error(),
                    one.createdAt(), one.finishedAt());
        }

        private static Map<String, Long> sentences(DataImport one) {
            Map<String, Long> sentences = new LinkedHashMap<>();
            one.leftOut().forEach((what, times) -> sentences.put(what.sentence(), times));
            return sentences;
        }
    }

    /** A file on its way out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Export")
    record Export(long id, JobState state, String format, boolean labeledOnly, Long bytes, @Schema(description = "Where the file is, once it is whole") String file,
            String error, Instant createdAt, Instant finishedAt) {
        static Export of(ExportFile one) {
            return new Export(one.id(), one.bytes() != null ? JobState.DONE : one.state(), one.format().word(), one.labeledOnly(), one.bytes(),
                    one.bytes() == null ? null : "/api/v1/projects/%d/exports/%d/file".formatted(one.projectId(), one.id()), one.error(),
                    one.createdAt(), one.finishedAt());
        }
    }
}
