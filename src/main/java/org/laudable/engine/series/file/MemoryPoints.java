package org.laudable.engine.series.file;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Points held in memory, given back in the order of their times: for files that are not in that order. */
public final class MemoryPoints implements PointReader {
    /** Values that may be held: 40 million take 320 MB. */
    public static final long MOST_VALUES = 40_000_000;

    private final ReadingReport report;
    private final int channels;
    private long[] times = new long[1024];
    private double[][] values;
    private byte[] labels = new byte[1024];
    private int size;
    private Integer[] order;
    private int at = -1;
    private final double[] current;

    MemoryPoints(ReadingReport report) {
        this.report = report;
        this.channels = report.channels().size();
        this.values = new double[channels][1024];
        this.current = new double[channels];
    }

    /**
     * All points of a reader, sorted by time (those of one moment in the file's order).
     *
     * @throws UnreadableSource if they are too many to be sorted here
     */
    public static MemoryPoints sorted(PointReader reader) throws IOException, UnreadableSource {
        MemoryPoints points = new MemoryPoints(reader.report());
        while (reader.next()) {
            points.add(reader.millis(), reader.values(), reader.label());
        }
        points.sort();
        return points;
    }

    int size() {
        return size;
    }

    void add(long millis, double[] row, int label) throws UnreadableSource {
        int place = place(millis, label);
        for (int c = 0; c < channels; c++) {
            values[c][place] = row[c];
        }
    }

    /** A new point without values. */
    int place(long millis, int label) throws UnreadableSource {
        if ((long) size * channels >= MOST_VALUES) {
            throw new UnreadableSource("The rows are not in the order of time, and there are too many to sort here (more than 40 million values). Sort the file by time first.");
        }
        if (size == times.length) {
            int room = size + (size >> 1);
            times = Arrays.copyOf(times, room);
            labels = Arrays.copyOf(labels, room);
            for (int c = 0; c < channels; c++) {
                values[c] = Arrays.copyOf(values[c], room);
            }
        }
        for (int c = 0; c < channels; c++) {
            values[c][size] = Double.NaN;
        }
        times[size] = millis;
        labels[size] = (byte) label;
        return size++;
    }

    void set(int place, int channel, double value) {
        values[channel][place] = value;
    }

    void label(int place, int label) {
        labels[place] = (byte) Math.max(labels[place], label);
    }

    void sort() {
        boolean sorted = true;
        for (int i = 1; i < size && sorted; i++) {
            sorted = times[i] >= times[i - 1];
        }
        order = sorted ? null : IntStream.range(0, size).boxed().toArray(Integer[]::new);
        if (order != null) {
            Arrays.sort(order, Comparator.comparingLong(i -> times[i]));
        }
    }

    MemoryPoints fromTheStart() {
        at = -1;
        return this;
    }

    private int here() {
        return order == null ? at : order[at];
    }

    @Override
    public boolean next() {
        if (++at >= size) {
            return false;
        }
        for (int c = 0; c < channels; c++) {
            current[c] = values[c][here()];
        }
        return true;
    }

    @Override
    public long millis() {
        return times[here()];
    }

    @Override
    public double[] values() {
        return current;
    }

    @Override
    public int label() {
        return labels[here()];
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
    public void close() {
        at = size;
    }
}
