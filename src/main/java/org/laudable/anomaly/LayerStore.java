package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.laudable.database.Sql;

/**
 * Scores of points in compressed chunks with a pyramid of maxima above them, so that a chart of a long series costs what
 * one of a short series costs. Levels and their buckets are those of the series' own values: 1, 16, 64, 256 … points.
 */
@ApplicationScoped
class LayerStore {
    private static final int CHUNK = 8192;
    private static final int LOWEST = 2;
    private static final int NONE = 65_535;
    private static final int ONE = 65_534;

    private final Sql sql;

    LayerStore(Sql sql) {
        this.sql = sql;
    }

    /**
     * Replaces a layer.
     *
     * @param values a score for each judged point
     * @param first  the first judged point
     */
    @Transactional
    void save(long seriesId, Layer layer, double[] values, int first) {
        int[] codes = new int[first + values.length];
        Arrays.fill(codes, 0, first, NONE);
        for (int t = 0; t < values.length; t++) {
            codes[first + t] = Double.isNaN(values[t]) ? NONE : (int) Math.round(Math.clamp(values[t], 0, 1) * ONE);
        }
        List<Integer> levels = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        List<byte[]> data = new ArrayList<>();
        for (int level = 0; level == 0 || stride(level) < codes.length; level = level == 0 ? LOWEST : level + 1) {
            int[] buckets = level == 0 ? codes : maxima(codes, stride(level));
            for (int from = 0; from < buckets.length; from += CHUNK) {
                levels.add(level);
                numbers.add(from / CHUNK);
                data.add(pack(buckets, from, Math.min(buckets.length, from + CHUNK)));
            }
        }
        sql.update("delete from series_layer where series_id = ? and layer = ?", seriesId, layer.ordinal());
        sql.update("""
                insert into series_layer (series_id, layer, level, number, data)
                select ?, ?, n.level, n.number, n.data from unnest(?::int[], ?::int[], ?::bytea[]) as n (level, number, data)""",
                seriesId, layer.ordinal(), levels.toArray(Integer[]::new), numbers.toArray(Integer[]::new), data.toArray(byte[][]::new));
    }

    /** A score of every point; NaN in the history. */
    double[] all(long seriesId, Layer layer, int points) {
        return maxima(seriesId, layer, 0, points, 1);
    }

    /**
     * The largest score of each bucket of {@code stride} points from {@code from}, a multiple of the stride, to {@code to};
     * NaN where nothing is scored.
     */
    double[] maxima(long seriesId, Layer layer, int from, int to, int stride) {
        int level = 0;
        for (int next = LOWEST; stride % stride(next) == 0 && stride(next) <= stride; next++) {
            level = next;
        }
        int unit = stride(level);
        int together = stride / unit;
        double[] out = new double[Math.max(0, Math.ceilDiv(to - from, stride))];
        Arrays.fill(out, Double.NaN);
        int first = from / unit;
        int end = Math.ceilDiv(to, unit);
        sql.list("""
                select number, data from series_layer
                where series_id = ? and layer = ? and level = ? and number between ? and ?""", row -> {
            int[] codes = unpack(row.getBytes(2));
            int start = row.getInt(1) * CHUNK;
            for (int i = Math.max(first, start); i < Math.min(end, start + codes.length); i++) {
                if (codes[i - start] != NONE) {
                    int bucket = (i - first) / together;
                    double value = codes[i - start] / (double) ONE;
                    out[bucket] = Double.isNaN(out[bucket]) ? value : Math.max(out[bucket], value);
                }
            }
            return start;
        }, seriesId, layer.ordinal(), level, first / CHUNK, Math.max(first, end - 1) / CHUNK);
        return out;
    }

    private static int stride(int level) {
        return level == 0 ? 1 : 1 << 2 * level;
    }

    private static int[] maxima(int[] codes, int stride) {
        int[] out = new int[Math.ceilDiv(codes.length, stride)];
        Arrays.fill(out, NONE);
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] != NONE) {
                int bucket = i / stride;
                out[bucket] = out[bucket] == NONE ? codes[i] : Math.max(out[bucket], codes[i]);
            }
        }
        return out;
    }

    /** High bytes, then low bytes: neighbours are alike, so they compress. */
    private static byte[] pack(int[] codes, int from, int to) {
        byte[] planes = new byte[2 * (to - from)];
        for (int i = from; i < to; i++) {
            planes[i - from] = (byte) (codes[i] >>> 8);
            planes[to - from + i - from] = (byte) codes[i];
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        deflater.setInput(planes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream(planes.length / 2);
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static int[] unpack(byte[] packed) {
        byte[] planes = new byte[2 * CHUNK];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            int size = 0;
            while (!inflater.finished() && size < planes.length) {
                size += inflater.inflate(planes, size, planes.length - size);
            }
            int[] codes = new int[size / 2];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = (planes[i] & 0xff) << 8 | planes[codes.length + i] & 0xff;
            }
            return codes;
        } catch (DataFormatException e) {
            throw new IllegalStateException("A chunk of scores cannot be read", e);
        } finally {
            inflater.end();
        }
    }
}
