package org.laudable.dataset;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.laudable.Refused;

/** How an export is written. */
public enum ExportFormat {
    CSV("csv", "text/csv;charset=UTF-8"),
    JSONL("jsonl", "application/jsonl;charset=UTF-8"),
    /** Tasks with annotations and predictions, in one list. */
    LABEL_STUDIO("json", "application/json;charset=UTF-8"),
    DOCCANO("jsonl", "application/jsonl;charset=UTF-8"),
    PRODIGY("jsonl", "application/jsonl;charset=UTF-8"),
    /** Text categories. */
    SPACY("jsonl", "application/jsonl;charset=UTF-8"),
    PARQUET("parquet", "application/vnd.apache.parquet"),
    /** Parquet with the classes as numbers, and their names beside. */
    HUGGING_FACE("parquet", "application/vnd.apache.parquet"),
    /** Parquet with the columns of an Argilla dataset. */
    ARGILLA("parquet", "application/vnd.apache.parquet");

    private final String ending;
    private final String mediaType;

    ExportFormat(String ending, String mediaType) {
        this.ending = ending;
        this.mediaType = mediaType;
    }

    public String ending() {
        return ending;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Its name for programs: {@code label-studio}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws Refused naming those there are */
    public static ExportFormat of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst().orElseThrow(() -> new Refused(
                "There is no such format. Choose one of " + Arrays.stream(values()).map(ExportFormat::word).collect(Collectors.joining(", ")) + "."));
    }
}
