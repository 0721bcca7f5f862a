package org.laudable.engine.series.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Train, test and labels of one machine, one after the other; the rows have no times. */
final class MachineReader implements PointReader {
    private final Machine machine;
    private final SourceGroup group;
    private final Function<String, SourceEntry> entries;
    private final TimeReader times;
    private final ReadingReport report;
    private final double[] values;
    private CsvTable rows;
    private CsvTable labels;
    private boolean history;
    private long row = -1;
    private int said;

    MachineReader(Machine machine, SourceGroup group, Function<String, SourceEntry> entries) throws IOException, UnreadableSource {
        this.machine = machine;
        this.group = group;
        this.entries = entries;
        this.times = new TimeReader(TimeForm.ROWS, java.time.ZoneOffset.UTC, group.stepSeconds());
        int test = width(machine.test());
        if (machine.train() != null) {
            int train = width(machine.train());
            if (train != test) {
                throw new UnreadableSource("The training file has %d channels and the test file %d. They must be the same.".formatted(train, test));
            }
        }
        List<String> names = new ArrayList<>();
        for (int c = 0; c < test; c++) {
            names.add("channel-" + (c + 1));
        }
        values = new double[test];
        report = new ReadingReport(names);
        history = machine.train() != null;
        rows = open(history ? machine.train() : machine.test());
        labels = machine.labels() == null ? null : open(machine.labels());
    }

    private int width(String entry) throws IOException, UnreadableSource {
        try (CsvTable table = open(entry)) {
            String[] first = table.next();
            if (first == null) {
                throw new UnreadableSource("The file %s has no rows.".formatted(entries.apply(entry).path()));
            }
            return first.length;
        }
    }

    private CsvTable open(String entry) throws IOException, UnreadableSource {
        return new CsvTable(entries.apply(entry).open(), group.delimiter());
    }

    @Override
    public boolean next() throws IOException, UnreadableSource {
        String[] fields = rows.next();
        if (fields == null && history) {
            rows.close();
            history = false;
            rows = open(machine.test());
            fields = rows.next();
        }
        if (fields == null) {
            endLabels();
            return false;
        }
        row++;
        if (fields.length != values.length) {
            report.shortRow();
        }
        for (int c = 0; c < values.length; c++) {
            values[c] = c < fields.length ? value(fields[c], c) : Double.NaN;
        }
        said = -1;
        if (!history && labels != null) {
            String[] truth = labels.next();
            said = truth == null ? -1 : Numbers.label(truth[0]);
        }
        return true;
    }

    private void endLabels() throws IOException, UnreadableSource {
        if (labels != null) {
            int outside = 0;
            while (labels.next() != null) {
                outside++;
            }
            report.labelsOutside(outside);
        }
    }

    private double value(String field, int channel) {
        double value = Numbers.parse(field);
        if (Double.isNaN(value) && !Numbers.gap(field) && !Numbers.infinite(field)) {
            report.text(channel, field, rows.line());
        } else if (Double.isInfinite(value) || Double.isNaN(value) && Numbers.infinite(field)) {
            report.oneInfinite(channel);
            return Double.NaN;
        }
        return value;
    }

    @Override
    public long millis() {
        return times.ofRow(row);
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
        return history;
    }

    @Override
    public ReadingReport report() {
        return report;
    }

    @Override
    public void close() throws IOException {
        rows.close();
        if (labels != null) {
            labels.close();
        }
    }
}
