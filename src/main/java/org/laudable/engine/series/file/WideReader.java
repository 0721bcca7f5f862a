package org.laudable.engine.series.file;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A table with a column per channel. */
final class WideReader implements PointReader {
    private final Table table;
    private final SourceGroup group;
    private final int time;
    private final int label;
    private final int[] channels;
    private final TimeReader times;
    private final Windows windows;
    private final ReadingReport report;
    private final double[] values;
    private long row = -1;
    private long millis;
    private int said;
    private long rowsSeen;

    WideReader(SourceEntry entry, SourceGroup group, ZoneId zone, Windows windows) throws IOException, UnreadableSource {
        this.group = group;
        this.time = group.time() == TimeForm.ROWS ? -1 : group.column(ColumnRole.TIME);
        this.label = group.column(ColumnRole.LABEL);
        List<Integer> found = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int c = 0; c < group.columns().size(); c++) {
            if (group.columns().get(c).role() == ColumnRole.CHANNEL) {
                found.add(c);
                names.add(group.columns().get(c).name());
            }
        }
        if (found.isEmpty()) {
            throw new UnreadableSource("No column of this file is marked as a channel with values.");
        }
        if (time < 0 && group.time() != TimeForm.ROWS) {
            throw new UnreadableSource("No column of this file is marked as the time. Mark it, or say that the rows are evenly spaced.");
        }
        channels = found.stream().mapToInt(Integer::intValue).toArray();
        values = new double[channels.length];
        report = new ReadingReport(names);
        times = new TimeReader(group.time(), zone, group.stepSeconds());
        this.windows = windows;
        table = Table.open(entry, group.delimiter());
        if (group.header()) {
            table.next();
        }
    }

    @Override
    public boolean next() throws IOException, UnreadableSource {
        for (String[] fields = table.next(); fields != null; fields = table.next()) {
            rowsSeen++;
            if (fields.length != group.columns().size()) {
                if (fields.length == 1 && fields[0].isBlank()) {
                    continue;
                }
                report.shortRow();
            }
            row++;
            millis = time < 0 ? times.ofRow(row) : time < fields.length ? times.millis(fields[time]) : TimeReader.NONE;
            if (millis == TimeReader.NONE) {
                report.badTime(time < fields.length ? fields[time] : "", table.line());
                continue;
            }
            for (int c = 0; c < channels.length; c++) {
                values[c] = channels[c] < fields.length ? value(fields[channels[c]], c) : Double.NaN;
            }
            said = label >= 0 && label < fields.length ? Numbers.label(fields[label]) : -1;
            if (windows != null) {
                said = windows.contains(millis) ? 1 : Math.max(said, 0);
            }
            return true;
        }
        report.times(times);
        if (windows != null) {
            report.labelsOutside(windows.unmet());
        }
        if (rowsSeen > 10 && report.badTimes() * 2 > rowsSeen) {
            throw new UnreadableSource("Most times of this file cannot be read, the first is '%s' in row %,d. Choose another form of time, or another column."
                    .formatted(report.firstBadTime(), report.badTimeLine()));
        }
        return false;
    }

    private double value(String field, int channel) {
        double value = Numbers.parse(field);
        if (Double.isNaN(value) && !Numbers.gap(field)) {
            if (Numbers.infinite(field)) {
                report.oneInfinite(channel);
            } else {
                report.text(channel, field, table.line());
            }
        } else if (Double.isInfinite(value)) {
            report.oneInfinite(channel);
            return Double.NaN;
        }
        return value;
    }

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public double[] values() {
        return values;
    }

    @Override
    public int label() {
        return said;
    }

    @Override
    public boolean history() {
        return false;
    }

    @Override
    public ReadingReport report() {
        return report;
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
