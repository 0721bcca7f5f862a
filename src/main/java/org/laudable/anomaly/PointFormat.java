package org.laudable.anomaly;

/** How points are written. */
public enum PointFormat {
    CSV(".csv", "text/csv; charset=utf-8"),
    PARQUET(".parquet", "application/vnd.apache.parquet");

    private final String ending;
    private final String mediaType;

    PointFormat(String ending, String mediaType) {
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
