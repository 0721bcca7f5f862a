package org.laudable.engine.series.file;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table with one value a row, turned into series with a column per channel; in memory. */
final class LongTable {
    private static final int MOST_ROWS = 20_000_000;
    private static final int MOST_SERIES = 5_000;

    private final SourceGroup group;
    private final String fallback;
    private final int series;
    private final int time;
    private final int channel;
    private final int value;
    private final int label;

    private LongTable(SourceGroup group, String fallback) throws UnreadableSource {
        this.group = group;
        this.fallback = fallback;
        this.series = group.column(ColumnRole.SERIES);
        this.time = group.column(ColumnRole.TIME);
        this.channel = group.column(ColumnRole.CHANNEL_NAME);
        this.value = group.column(ColumnRole.VALUE);
        this.label = group.column(ColumnRole.LABEL);
        if (time < 0 || value < 0) {
            throw new UnreadableSource("A long table needs a column for the time and one for the value. Mark them.");
        }
    }

    /** One series on its way. */
    private static final class Growing {
        private final Map<String, Integer> channels = new LinkedHashMap<>();
        private final List<long[]> rows = new ArrayList<>();
        private long[] times = new long[256];
        private double[] values = new double[256];
        private int[] ordinals = new int[256];
        private byte[] labels = new byte[256];
        private int size;
        private long texts;
        private String firstText = "";
    }

    /**
     * All series of the file by name.
     *
     * @param most rows to read, for a preview; the rest is left
     */
    static Map<String, MemoryPoints> read(SourceEntry entry, SourceGroup group, ZoneId zone, long most) throws IOException, UnreadableSource {
        return new LongTable(group, entry.stem()).read(entry, zone, most);
    }

    private Map<String, MemoryPoints> read(SourceEntry entry, ZoneId zone, long most) throws IOException, UnreadableSource {
        Map<String, Growing> found = new LinkedHashMap<>();
        Map<String, TimeReader> readers = new HashMap<>();
        long badTimes = 0;
        String firstBad = "";
        long firstLine = 0;
        long rows = 0;
        try (Table table = Table.open(entry, group.delimiter())) {
            if (group.header()) {
                table.next();
            }
            for (String[] fields = table.next(); fields != null && rows < most; fields = table.next()) {
                if (++rows > MOST_ROWS) {
                    throw new UnreadableSource("A long table may have 20 million rows. Split it, or use one column per channel.");
                }
                String name = series >= 0 ? field(fields, series) : fallback;
                long millis = readers.computeIfAbsent(name, n -> new TimeReader(group.time(), zone, group.stepSeconds())).millis(field(fields, time));
                if (millis == TimeReader.NONE) {
                    if (badTimes++ == 0) {
                        firstBad = field(fields, time);
                        firstLine = table.line();
                    }
                    continue;
                }
                if (!found.containsKey(name) && found.size() >= MOST_SERIES) {
                    throw new UnreadableSource("The column '%s' names more than 5,000 series. Is it the right one?".formatted(group.columns().get(series).name()));
                }
                take(found.computeIfAbsent(name, n -> new Growing()), fields, millis, table.line());
            }
        }
        if (rows > 10 && badTimes * 2 > rows) {
            throw new UnreadableSource("Most times of this file cannot be read, the first is '%s' in row %,d. Choose another form of time, or another column."
                    .formatted(firstBad, firstLine));
        }
        Map<String, MemoryPoints> series = new LinkedHashMap<>();
        for (Map.Entry<String, Growing> one : found.entrySet()) {
            MemoryPoints points = points(one.getValue());
            points.report().times(readers.get(one.getKey()));
            if (badTimes > 0 && series.isEmpty()) {
                points.report().badTime(firstBad, firstLine);
            }
            series.put(one.getKey().isBlank() ? fallback : one.getKey(), points);
        }
        return series;
    }

    private static String field(String[] fields, int column) {
        return column < fields.length ? fields[column].strip() : "";
    }

    private void take(Growing one, String[] fields, long millis, long line) {
        String name = channel >= 0 ? field(fields, channel) : group.columns().get(value).name();
        String text = field(fields, value);
        double number = Numbers.parse(text);
        if (Double.isNaN(number) && !Numbers.gap(text) || Double.isInfinite(number)) {
            number = Double.NaN;
            if (one.texts++ == 0) {
                one.firstText = text;
                one.rows.add(new long[] {line});
            }
        }
        if (one.size == one.times.length) {
            int room = one.size * 2;
            one.times = java.util.Arrays.copyOf(one.times, room);
            one.values = java.util.Arrays.copyOf(one.values, room);
            one.ordinals = java.util.Arrays.copyOf(one.ordinals, room);
            one.labels = java.util.Arrays.copyOf(one.labels, room);
        }
        one.times[one.size] = millis;
        one.values[one.size] = number;
        one.ordinals[one.size] = one.channels.computeIfAbsent(name.isEmpty() ? "value" : name, n -> one.channels.size());
        one.labels[one.size++] = (byte) (label >= 0 ? Numbers.label(field(fields, label)) : -1);
    }

    private MemoryPoints points(Growing one) throws UnreadableSource {
        ReadingReport report = new ReadingReport(List.copyOf(one.channels.keySet()));
        if (one.texts > 0) {
            report.text(0, one.firstText, one.rows.getFirst()[0]);
        }
        MemoryPoints points = new MemoryPoints(report);
        Map<Long, Integer> places = new HashMap<>();
        for (int i = 0; i < one.size; i++) {
            Integer place = places.get(one.times[i]);
            if (place == null) {
                place = points.place(one.times[i], one.labels[i]);
                places.put(one.times[i], place);
            }
            points.set(place, one.ordinals[i], one.values[i]);
            points.label(place, one.labels[i]);
        }
        points.sort();
        return points;
    }
}
