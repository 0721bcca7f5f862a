package org.laudable.dataset;

/** How an export is written. */
public enum ExportFormat {
    CSV("csv", "text/csv;charset=UTF-8"),
    JSONL("jsonl", "application/jsonl;charset=UTF-8");

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
}
