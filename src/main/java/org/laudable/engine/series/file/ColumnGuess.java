package org.laudable.engine.series.file;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Guesses what each column of a table is for, and how its times are written. */
final class ColumnGuess {
    private static final Set<String> TIME = Set.of("timestamp", "time", "timestamps", "date", "datetime", "date_time", "date time", "ts", "when", "zeit",
            "zeitpunkt", "datum", "zeitstempel", "t", "epoch", "unix", "unixtime", "unix_time", "ds");
    private static final Set<String> LABEL = Set.of("label", "labels", "is_anomaly", "isanomaly", "anomaly", "anomalous", "is_outlier", "outlier",
            "ground_truth", "groundtruth", "truth");
    private static final Set<String> SERIES = Set.of("series", "series_id", "seriesid", "unique_id", "machine", "device", "host", "entity", "item_id", "kpi id", "kpi_id");
    private static final Set<String> CHANNEL = Set.of("channel", "metric", "variable", "sensor", "measure", "tag", "field", "parameter", "signal");
    private static final Set<String> VALUE = Set.of("value", "val", "reading", "y", "wert", "measurement");
    private static final TimeForm[] WRITTEN = {TimeForm.ISO, TimeForm.DAY_FIRST, TimeForm.MONTH_FIRST};

    private final Sample sample;
    private final int width;
    private final ColumnRole[] roles;

    private ColumnGuess(Sample sample) {
        this.sample = sample;
        this.width = sample.width();
        this.roles = new ColumnRole[width];
    }

    static SourceGroup guess(Sample sample) throws UnreadableSource {
        return new ColumnGuess(sample).group();
    }

    /** Whether a field alone looks like a written date. */
    static boolean isTime(String field) {
        for (TimeForm form : WRITTEN) {
            if (field.length() >= 8 && new TimeReader(form, ZoneOffset.UTC, 1).millis(field) != TimeReader.NONE) {
                return true;
            }
        }
        return false;
    }

    /** Whether the first column of a table of numbers is a time: large, rising, whole. */
    static boolean firstIsTime(Sample sample) {
        return sample.width() > 1 && epoch(new ColumnGuess(sample), 0) != null;
    }

    private SourceGroup group() {
        int time = timeColumn();
        TimeForm form = time < 0 ? TimeForm.ROWS : form(time);
        if (time >= 0) {
            roles[time] = ColumnRole.TIME;
        }
        named(LABEL, ColumnRole.LABEL, this::binary);
        boolean isLong = longTable();
        for (int c = 0; c < width; c++) {
            if (roles[c] == null) {
                roles[c] = !isLong && (numeric(c) || blank(c)) ? ColumnRole.CHANNEL : ColumnRole.IGNORED;
            }
        }
        List<SourceColumn> columns = new ArrayList<>();
        for (int c = 0; c < width; c++) {
            columns.add(new SourceColumn(sample.header() == null ? "column-" + (c + 1) : sample.header()[c], roles[c], ""));
        }
        SourceFormat format = isLong ? SourceFormat.LONG : format(form);
        double step = format == SourceFormat.YAHOO ? 3_600 : 60;
        return new SourceGroup(format, sample.delimiter(), sample.header() != null, List.copyOf(columns), form, step, Map.of(), List.of());
    }

    private SourceFormat format(TimeForm form) {
        boolean label = List.of(roles).contains(ColumnRole.LABEL);
        long channels = List.of(roles).stream().filter(role -> role == ColumnRole.CHANNEL).count();
        if (label && channels == 1 && form.counted() && index("is_anomaly") >= 0) {
            return SourceFormat.YAHOO;
        }
        return label && width == 3 && index("label") >= 0 && index("value") >= 0 ? SourceFormat.MS_CLOUD : SourceFormat.WIDE;
    }

    private boolean longTable() {
        int channel = index(CHANNEL);
        int value = index(VALUE);
        int series = index(SERIES);
        if (value < 0 || !numeric(value) || channel < 0 && series < 0) {
            return false;
        }
        roles[value] = ColumnRole.VALUE;
        if (channel >= 0 && roles[channel] == null) {
            roles[channel] = ColumnRole.CHANNEL_NAME;
        }
        if (series >= 0 && roles[series] == null) {
            roles[series] = ColumnRole.SERIES;
        }
        return true;
    }

    private int timeColumn() {
        for (int c = 0; c < width; c++) {
            if (TIME.contains(name(c)) && (written(c) != null || epoch(this, c) != null || counting(c))) {
                return c;
            }
        }
        for (int c = 0; c < width; c++) {
            if (written(c) != null) {
                return c;
            }
        }
        return width > 1 && epoch(this, 0) != null ? 0 : -1;
    }

    private TimeForm form(int column) {
        TimeForm written = written(column);
        TimeForm epoch = written == null ? epoch(this, column) : written;
        return epoch == null ? TimeForm.COUNT : epoch;
    }

    /** The written form that reads nearly all samples; of day and month first, the one in which time goes on. */
    private TimeForm written(int column) {
        TimeForm best = null;
        long bestScore = 0;
        for (TimeForm form : WRITTEN) {
            TimeReader reader = new TimeReader(form, ZoneOffset.UTC, 1);
            int seen = 0;
            int read = 0;
            int rising = 0;
            long before = Long.MIN_VALUE;
            for (int row = 0; row < sample.rows().size(); row++) {
                String field = sample.field(row, column);
                if (!field.isEmpty()) {
                    seen++;
                    long millis = field.length() < 8 ? TimeReader.NONE : reader.millis(field);
                    if (millis != TimeReader.NONE && (millis > -5_000_000_000_000L && millis < 8_000_000_000_000L)) {
                        read++;
                        rising += millis >= before ? 1 : 0;
                        before = millis;
                    }
                }
            }
            long score = 1_000L * read + rising;
            if (seen > 0 && read >= .8 * seen && score > bestScore && !bareNumbers(column)) {
                best = form;
                bestScore = score;
            }
        }
        return best;
    }

    /** Bare digits are numbers, unless they are dates like 20240331. */
    private boolean bareNumbers(int column) {
        for (int row = 0; row < Math.min(20, sample.rows().size()); row++) {
            String field = sample.field(row, column);
            if (!field.matches("[+-]?\\d+(\\.\\d+)?")) {
                return false;
            }
            if (field.matches("(19|20)\\d{2}(0[1-9]|1[0-2])([0-2]\\d|3[01])((0\\d|1\\d|2[0-3])[0-5]\\d([0-5]\\d)?)?")) {
                return false;
            }
        }
        return true;
    }

    /** The unit of numbers that can be times since 1970: all between 1973 and 2100, nearly all rising unless the name says time. */
    private static TimeForm epoch(ColumnGuess guess, int column) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int falls = 0;
        double before = Double.NEGATIVE_INFINITY;
        int seen = 0;
        for (int row = 0; row < guess.sample.rows().size(); row++) {
            double number = Numbers.parse(guess.sample.field(row, column));
            if (!Double.isNaN(number)) {
                seen++;
                least = Math.min(least, number);
                most = Math.max(most, number);
                falls += number < before ? 1 : 0;
                before = number;
            }
        }
        if (seen < .8 * guess.sample.rows().size() || falls > .2 * seen && !TIME.contains(guess.name(column)) || least == most && seen > 1) {
            return null;
        }
        for (Map.Entry<TimeForm, Double> unit : Map.of(TimeForm.SECONDS, 1.0, TimeForm.MILLISECONDS, 1e3, TimeForm.MICROSECONDS, 1e6,
                TimeForm.NANOSECONDS, 1e9).entrySet()) {
            if (least >= 1e8 * unit.getValue() && most <= 4.2e9 * unit.getValue()) {
                return unit.getKey();
            }
        }
        return null;
    }

    private boolean counting(int column) {
        for (int row = 0; row < sample.rows().size(); row++) {
            String field = sample.field(row, column);
            if (!field.isEmpty() && !field.matches("\\d+(\\.0+)?")) {
                return false;
            }
        }
        return true;
    }

    private boolean binary(int column) {
        for (int row = 0; row < sample.rows().size(); row++) {
            String field = sample.field(row, column);
            if (!field.isEmpty() && Numbers.label(field) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean numeric(int column) {
        int seen = 0;
        int numbers = 0;
        for (int row = 0; row < sample.rows().size(); row++) {
            String field = sample.field(row, column);
            if (!Numbers.gap(field) && !Numbers.infinite(field)) {
                seen++;
                numbers += Double.isNaN(Numbers.parse(field)) ? 0 : 1;
            }
        }
        return seen > 0 && numbers >= .5 * seen;
    }

    private boolean blank(int column) {
        for (int row = 0; row < sample.rows().size(); row++) {
            if (!Numbers.gap(sample.field(row, column)) && !Numbers.infinite(sample.field(row, column))) {
                return false;
            }
        }
        return true;
    }

    private void named(Set<String> names, ColumnRole role, java.util.function.IntPredicate fits) {
        int column = index(names);
        if (column >= 0 && roles[column] == null && fits.test(column)) {
            roles[column] = role;
        }
    }

    private int index(Set<String> names) {
        for (int c = 0; c < width; c++) {
            if (names.contains(name(c))) {
                return c;
            }
        }
        return -1;
    }

    private int index(String name) {
        return index(Set.of(name));
    }

    private String name(int column) {
        return sample.header() == null ? "" : sample.header()[column].toLowerCase(Locale.ROOT);
    }
}
