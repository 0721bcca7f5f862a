package org.laudable.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * One line of an export: a row of an imported file with its item's label.
 *
 * @param label      the class's name; null without a label
 * @param outcome    'label', 'none of these', or null without an answer
 * @param origin     who says so; null without a label
 * @param confidence 0 to 1; for people: how far they agree; null if unknown
 * @param annotators user names of those whose answers made the label
 * @param seconds    people's active time on the item; null without an answer
 * @param knownLabel from the file's label column
 * @param metadata   a JSON object, or null
 * @param guesses    what models say of the item besides: the loop's newest, and that of an imported file
 */
public record ExportedRow(String id, String text, String label, String outcome, Origin origin, Float confidence,
        List<String> annotators, Instant labeledAt, Double seconds, Integer modelVersion, String knownLabel, String metadata,
        List<Guess> guesses) {

    /** A model's word. */
    public record Guess(String label, Float confidence, String source) {}

    /** Whether people said so: their word is an annotation, anything else a prediction. */
    boolean byPeople() {
        return origin == Origin.PERSON || origin == Origin.REVIEWER;
    }

    /** The origin as files name it; null without a label. */
    String by() {
        return origin == null ? null : origin.name().toLowerCase(Locale.ROOT);
    }

    /** The model that gave the label, as other tools are told. */
    String model() {
        return switch (origin) {
            case LLM -> "laudable llm";
            case PROPAGATED -> "laudable propagated";
            default -> modelVersion == null ? "laudable model" : "laudable model v" + modelVersion;
        };
    }
}
