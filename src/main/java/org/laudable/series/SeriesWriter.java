package org.laudable.series;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Writes the points of one series as chunks, with the levels of extremes above them, in one COPY; needs the memory of a
 * chunk a channel and level, however long the series is. The caller's transaction decides whether they stay.
 */
final class SeriesWriter implements AutoCloseable {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};

    private final long seriesId;
    private final PGCopyOutputStream copy;
    private final DataOutputStream out;
    private final long[] times = new long[Chunks.VALUES];
    private final double[][] values;
    private final List<TimeLevel> timeLevels = new ArrayList<>();
    private final List<List<Level>> levels = new ArrayList<>();
    private int points;
    private boolean finished;

    SeriesWriter(PGConnection connection, long seriesId, int channels) throws SQLException, IOException {
        this.seriesId = seriesId;
        values = new double[channels][Chunks.VALUES];
        for (int c = 0; c < channels; c++) {
            levels.add(new ArrayList<>());
        }
        copy = new PGCopyOutputStream(connection, "copy series_chunk (series_id, channel, level, number, data) from stdin with (format binary)", 1 << 18);
        out = new DataOutputStream(new BufferedOutputStream(copy, 1 << 16));
        out.write(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
    }

    int points() {
        return points;
    }

    void add(long millis, double[] row) throws IOException {
        int at = points % Chunks.VALUES;
        times[at] = millis;
        for (int c = 0; c < values.length; c++) {
            values[c][at] = row[c];
        }
        points++;
        if (at == Chunks.VALUES - 1) {
            flush(Chunks.VALUES);
        }
    }

    /** Writes what is left; the points are in the database then, until the transaction ends otherwise. */
    void finish() throws IOException, SQLException {
        int rest = points % Chunks.VALUES;
        if (rest > 0) {
            flush(rest);
        }
        for (int level = 0; level < timeLevels.size(); level++) {
            timeLevels.get(level).flush();
        }
        for (int c = 0; c < values.length; c++) {
            for (int level = 0; level < levels.get(c).size(); level++) {
                levels.get(c).get(level).finish();
            }
        }
        out.writeShort(-1);
        out.flush();
        copy.endCopy();
        finished = true;
    }

    /** Without {@link #finish}, nothing stays. */
    @Override
    public void close() throws SQLException {
        if (!finished && copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void flush(int count) throws IOException {
        int number = (points - 1) / Chunks.VALUES;
        write(Chunks.TIMES, 0, number, Chunks.pack(times, count));
        int first = number * Chunks.VALUES;
        int stride = Chunks.stride(Chunks.LOWEST);
        for (int i = 0; i < count; i += stride) {
            time(0, (first + i) / stride, times[i]);
        }
        for (int c = 0; c < values.length; c++) {
            write(c, 0, number, Chunks.pack(values[c], count));
            for (int i = 0; i < count; i += stride) {
                double min = Double.NaN;
                double max = Double.NaN;
                for (int t = i; t < Math.min(count, i + stride); t++) {
                    double value = values[c][t];
                    if (value == value) {
                        min = min <= value ? min : value;
                        max = max >= value ? max : value;
                    }
                }
                level(c, 0).bucket(min, max);
            }
        }
    }

    private void time(int index, int bucket, long millis) throws IOException {
        if (timeLevels.size() == index) {
            timeLevels.add(new TimeLevel(index));
        }
        timeLevels.get(index).bucket(millis);
        if (bucket % 4 == 0 && Chunks.stride(index + 1 + Chunks.LOWEST) <= 1 << 28) {
            time(index + 1, bucket / 4, millis);
        }
    }

    private Level level(int channel, int index) {
        List<Level> ofChannel = levels.get(channel);
        while (ofChannel.size() <= index) {
            ofChannel.add(new Level(channel, ofChannel.size()));
        }
        return ofChannel.get(index);
    }

    private void write(int channel, int level, int number, byte[] data) throws IOException {
        out.writeShort(5);
        out.writeInt(8);
        out.writeLong(seriesId);
        out.writeInt(4);
        out.writeInt(channel);
        out.writeInt(4);
        out.writeInt(level);
        out.writeInt(4);
        out.writeInt(number);
        out.writeInt(data.length);
        out.write(data);
    }

    /** Times of the first points of one level's buckets. */
    private final class TimeLevel {
        private final int index;
        private final long[] firsts = new long[Chunks.BUCKETS];
        private int size;
        private int number;

        TimeLevel(int index) {
            this.index = index;
        }

        void bucket(long millis) throws IOException {
            firsts[size++] = millis;
            if (size == firsts.length) {
                flush();
            }
        }

        void flush() throws IOException {
            if (size > 0) {
                write(Chunks.TIMES, index + Chunks.LOWEST, number++, Chunks.pack(firsts, size));
                size = 0;
            }
        }
    }

    /** Extremes of one level of a channel; four of its buckets are one of the level above. */
    private final class Level {
        private final int channel;
        private final int index;
        private double[] mins = new double[64];
        private double[] maxs = new double[64];
        private int size;
        private int number;
        private int joined;
        private double min = Double.NaN;
        private double max = Double.NaN;

        Level(int channel, int index) {
            this.channel = channel;
            this.index = index;
        }

        void bucket(double low, double high) throws IOException {
            if (size == mins.length) {
                mins = Arrays.copyOf(mins, Math.min(2 * size, Chunks.BUCKETS));
                maxs = Arrays.copyOf(maxs, mins.length);
            }
            mins[size] = low;
            maxs[size++] = high;
            if (size == Chunks.BUCKETS) {
                flush();
            }
            min = low == low && !(min <= low) ? low : min;
            max = high == high && !(max >= high) ? high : max;
            if (++joined == 4) {
                pass();
            }
        }

        /** Ends the level: a last bucket of less than four goes up too, if there is a level above. */
        void finish() throws IOException {
            if (joined > 0 && (number > 0 || size > 1)) {
                pass();
            }
            flush();
        }

        private void pass() throws IOException {
            if (Chunks.stride(index + 1 + Chunks.LOWEST) <= 1 << 28) {
                level(channel, index + 1).bucket(min, max);
            }
            joined = 0;
            min = Double.NaN;
            max = Double.NaN;
        }

        private void flush() throws IOException {
            if (size > 0) {
                double[] both = Arrays.copyOf(mins, 2 * size);
                System.arraycopy(maxs, 0, both, size, size);
                write(channel, index + Chunks.LOWEST, number++, Chunks.pack(both, 2 * size));
                size = 0;
            }
        }
    }
}
