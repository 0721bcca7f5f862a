package org.laudable.project;

/** What the three classes of a SERIES project are called, in the language of whoever creates it. */
public record SeriesClassNames(String anomaly, String normal, String expected) {
    public static final SeriesClassNames ENGLISH = new SeriesClassNames("Anomaly", "Normal", "Expected");

    String of(Meaning meaning) {
        return switch (meaning) {
            case ANOMALY -> anomaly;
            case NORMAL -> normal;
            case EXPECTED -> expected;
        };
    }
}
