package org.laudable.dataset;

import java.time.Instant;
import java.util.List;

/**
 * Everything known about one item.
 *
 * @param knownClass from the file's label column; null if none
 * @param prediction the newest model's word; null if it said nothing yet
 * @param labels     current and earlier labels, newest first
 */
public record ItemHistory(long id, String text, String split, String knownClass, Prediction prediction, List<Row> rows,
        List<Label> labels, List<Question> questions, List<Answer> answers) {

    /** A row of a file that holds this text. {@code metadata} is a JSON object or null. */
    public record Row(String externalId, String fileName, Long rowNumber, String metadata) {}

    /** A label it has or had, and by whom: people, or a language model with its prompt. {@code supersededAt} null: the current one; {@code accepted} null: it was not. */
    public record Label(String outcome, String className, Origin origin, Float confidence, Integer modelVersion,
            List<String> people, Instant at, Instant supersededAt, Accepted accepted) {}

    /** A reviewer accepted a model's label because a random sample of its kind was right. */
    public record Accepted(String by, int agreed, int judged) {}

    /** A time people were asked. */
    public record Question(String purpose, String state, String reason, String suggestion, Float confidence, String source,
            Instant at) {}

    /**
     * One revision of one person's answer.
     *
     * @param reason why it was skipped or flagged, or null
     */
    public record Answer(String person, String kind, String className, int revision, String comment, long activeMillis,
            Integer guideline, String suggestion, boolean late, boolean surplus, Instant at, String reason) {}

    /** What a model said. */
    public record Prediction(String className, float confidence, int modelVersion, String secondClass) {}
}
