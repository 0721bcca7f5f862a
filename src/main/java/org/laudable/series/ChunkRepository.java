package org.laudable.series;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import org.laudable.database.Sql;

/** The values of series, read chunk by chunk. */
@ApplicationScoped
class ChunkRepository {
    private static final int CHUNKS_AT_ONCE = 64;
    private static final String READ = """
            select number, data from series_chunk
            where series_id = ? and channel = ? and level = ? and number between ? and ? order by number""";

    private final Sql sql;

    ChunkRepository(Sql sql) {
        this.sql = sql;
    }

    /** Raw values of the points from … to − 1. */
    double[] values(long seriesId, int channel, int from, int to) {
        double[] values = new double[to - from];
        Arrays.fill(values, Double.NaN);
        read(seriesId, channel, 0, from, to, Chunks.VALUES, (first, data) -> {
            double[] chunk = Chunks.unpackValues(data);
            int start = Math.max(from, first);
            System.arraycopy(chunk, start - first, values, start - from, Math.min(to, first + chunk.length) - start);
        });
        return values;
    }

    /** Epoch milliseconds of the buckets from … to − 1 of a level: those of their first points. */
    long[] times(long seriesId, int level, int from, int to) {
        long[] times = new long[to - from];
        read(seriesId, Chunks.TIMES, level, from, to, size(level), (first, data) -> {
            long[] chunk = Chunks.unpackTimes(data);
            int start = Math.max(from, first);
            System.arraycopy(chunk, start - first, times, start - from, Math.min(to, first + chunk.length) - start);
        });
        return times;
    }

    /** Smallest [0] and largest [1] values of the buckets from … to − 1 of a level; NaN where there is none. */
    double[][] extremes(long seriesId, int channel, int level, int from, int to) {
        double[] min = new double[to - from];
        double[] max = new double[to - from];
        Arrays.fill(min, Double.NaN);
        Arrays.fill(max, Double.NaN);
        read(seriesId, channel, level, from, to, Chunks.BUCKETS, (first, data) -> {
            double[] chunk = Chunks.unpackValues(data);
            int count = chunk.length / 2;
            int start = Math.max(from, first);
            int length = Math.min(to, first + count) - start;
            System.arraycopy(chunk, start - first, min, start - from, length);
            System.arraycopy(chunk, count + start - first, max, start - from, length);
        });
        return new double[][] {min, max};
    }

    private interface Part {
        void take(int first, byte[] data);
    }

    private void read(long seriesId, int channel, int level, int from, int to, int size, Part part) {
        if (to <= from) {
            return;
        }
        int last = (to - 1) / size;
        for (int number = from / size; number <= last; number += CHUNKS_AT_ONCE) {
            sql.list(READ, row -> {
                part.take(row.getInt(1) * size, row.getBytes(2));
                return row.getInt(1);
            }, seriesId, channel, level, number, Math.min(last, number + CHUNKS_AT_ONCE - 1));
        }
    }

    private static int size(int level) {
        return level == 0 ? Chunks.VALUES : Chunks.BUCKETS;
    }
}
