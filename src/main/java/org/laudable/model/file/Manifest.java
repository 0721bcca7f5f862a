package org.laudable.model.file;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * What a model file says of itself, as {@code manifest.json}. Fields that a newer Laudable adds are ignored.
 *
 * @param format        always {@link #FORMAT}
 * @param formatVersion {@link #VERSION}, or an older one
 * @param kind          TEXT or SERIES
 * @param project       the name of the project it was trained in
 * @param version       run and round of that project: '7-3'
 * @param engine        the trainer and its version: 'embedded-head 1'
 * @param text          for TEXT
 * @param series        for SERIES
 * @param parts         every other file of the zip
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(String format, int formatVersion, String kind, String project, String version, Instant madeAt, String engine,
        Text text, Series series, List<Part> parts) {
    public static final String FORMAT = "laudable-model";
    public static final int VERSION = 1;
    public static final String CARD = "card.json";
    public static final String CARD_TEXT = "MODEL_CARD.md";

    /** @param holds what is in it, for people */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Part(String name, long bytes, String sha256, String holds) {}

    /**
     * @param encoder     the network that turns texts into vectors; it is part of Laudable, not of the file
     * @param temperature of the calibration
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Text(Encoder encoder, List<LabelClass> classes, double temperature) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Encoder(String name, int dimension, String sha256) {}

    /** @param threshold confidence from which the run took its model's word; above 1: never; null: none was worked out */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LabelClass(String name, String description, Double threshold) {}

    /**
     * @param missCost a missed anomaly costs as much as so many false alarms
     * @param template the field the series come from: operations, finance, …; may be empty
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Series(double missCost, String template, List<Detector> detectors) {}

    /**
     * The detector of one series.
     *
     * @param startsAt when the series it learned from begins: points of that very time are not compared with themselves
     * @param live    the part that scores point by point
     * @param learned the part a run starts from
     * @param anchor  the score from which it flags at the usual costs; 0: nothing was learned from answers
     * @param data    SHA-256 of the values it learned from: a run over the very same must not begin with it
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Detector(String series, List<Channel> channels, double stepSeconds, Instant startsAt, String zone, int answers, double anchor, String live, String learned, String data) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Channel(String name, String unit) {}
}
