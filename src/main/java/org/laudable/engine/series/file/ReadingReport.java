package org.laudable.engine.series.file;

import java.util.List;

/** What was odd in the rows of one series, counted while they were read. */
public final class ReadingReport {
    private final List<String> channels;
    private final long[] texts;
    private final long[] infinite;
    private final String[] firstText;
    private long badTimes;
    private String firstBadTime = "";
    private long badTimeLine;
    private long shortRows;
    private boolean mixedZones;
    private long skippedHours;
    private int labelsOutside;

    ReadingReport(List<String> channels) {
        this.channels = List.copyOf(channels);
        this.texts = new long[channels.size()];
        this.infinite = new long[channels.size()];
        this.firstText = new String[channels.size()];
    }

    public List<String> channels() {
        return channels;
    }

    /** Values of a channel that are no numbers. */
    public long texts(int channel) {
        return texts[channel];
    }

    /** The first such value, with its line: {@code 'off' (line 17)}. */
    public String firstText(int channel) {
        return firstText[channel];
    }

    public long infinite(int channel) {
        return infinite[channel];
    }

    /** Rows left out because their time cannot be read. */
    public long badTimes() {
        return badTimes;
    }

    public String firstBadTime() {
        return firstBadTime;
    }

    public long badTimeLine() {
        return badTimeLine;
    }

    /** Rows with fewer or more fields than the header. */
    public long shortRows() {
        return shortRows;
    }

    public boolean mixedZones() {
        return mixedZones;
    }

    public long skippedHours() {
        return skippedHours;
    }

    /** Labels of times, or rows, that the series does not have. */
    public int labelsOutside() {
        return labelsOutside;
    }

    void text(int channel, String field, long line) {
        if (texts[channel]++ == 0) {
            firstText[channel] = "'%s' (line %,d)".formatted(cut(field), line);
        }
    }

    void oneInfinite(int channel) {
        infinite[channel]++;
    }

    void badTime(String field, long line) {
        if (badTimes++ == 0) {
            firstBadTime = cut(field);
            badTimeLine = line;
        }
    }

    void shortRow() {
        shortRows++;
    }

    void times(TimeReader reader) {
        mixedZones |= reader.mixedZones();
        skippedHours += reader.skippedHours();
    }

    void labelsOutside(int count) {
        labelsOutside += count;
    }

    private static String cut(String field) {
        return field.length() > 60 ? field.substring(0, 60) + "…" : field;
    }
}
