package org.laudable.series;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * How values lie in the database. Level 0 holds {@link #VALUES} points a chunk; level k (from {@link #LOWEST}) the
 * smallest, then the largest of each 4^k points, {@link #BUCKETS} buckets a chunk. Numbers are XORed with the one before
 * and times are differences of differences; both are deflated, and come back bit by bit.
 */
final class Chunks {
    static final int VALUES = 8192;
    static final int BUCKETS = 2048;
    static final int LOWEST = 2;
    static final int TIMES = -1;

    private Chunks() {}

    /** Points in a bucket of this level. */
    static int stride(int level) {
        return level == 0 ? 1 : 1 << 2 * level;
    }

    static byte[] pack(double[] values, int count) {
        byte[] planes = new byte[8 * count];
        long before = 0;
        for (int i = 0; i < count; i++) {
            long bits = Double.doubleToRawLongBits(values[i]);
            long changed = bits ^ before;
            before = bits;
            for (int b = 0; b < 8; b++) {
                planes[b * count + i] = (byte) (changed >>> 56 - 8 * b);
            }
        }
        return deflate(planes, planes.length);
    }

    static double[] unpackValues(byte[] packed) {
        byte[] planes = inflate(packed);
        int count = planes.length / 8;
        double[] values = new double[count];
        long before = 0;
        for (int i = 0; i < count; i++) {
            long changed = 0;
            for (int b = 0; b < 8; b++) {
                changed = changed << 8 | planes[b * count + i] & 0xff;
            }
            before ^= changed;
            values[i] = Double.longBitsToDouble(before);
        }
        return values;
    }

    static byte[] pack(long[] times, int count) {
        byte[] bytes = new byte[10 * count];
        int size = 0;
        long before = 0;
        long step = 0;
        for (int i = 0; i < count; i++) {
            long next = times[i] - before;
            long turn = next - step;
            long zigzag = turn << 1 ^ turn >> 63;
            while ((zigzag & ~0x7fL) != 0) {
                bytes[size++] = (byte) (zigzag | 0x80);
                zigzag >>>= 7;
            }
            bytes[size++] = (byte) zigzag;
            before = times[i];
            step = next;
        }
        return deflate(bytes, size);
    }

    static long[] unpackTimes(byte[] packed) {
        byte[] bytes = inflate(packed);
        long[] times = new long[bytes.length];
        int count = 0;
        long before = 0;
        long step = 0;
        for (int at = 0; at < bytes.length; count++) {
            long zigzag = 0;
            int shift = 0;
            byte part;
            do {
                part = bytes[at++];
                zigzag |= (long) (part & 0x7f) << shift;
                shift += 7;
            } while (part < 0);
            step += zigzag >>> 1 ^ -(zigzag & 1);
            before += step;
            times[count] = before;
        }
        return Arrays.copyOf(times, count);
    }

    private static byte[] deflate(byte[] bytes, int length) {
        try (Deflater deflater = new Deflater(Deflater.BEST_SPEED, true)) {
            deflater.setInput(bytes, 0, length);
            deflater.finish();
            byte[] out = new byte[length + length / 100 + 64];
            int size = 0;
            while (!deflater.finished()) {
                if (size == out.length) {
                    out = Arrays.copyOf(out, 2 * size);
                }
                size += deflater.deflate(out, size, out.length - size);
            }
            return Arrays.copyOf(out, size);
        }
    }

    private static byte[] inflate(byte[] packed) {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(packed);
            ByteArrayOutputStream out = new ByteArrayOutputStream(packed.length * 4);
            byte[] buffer = new byte[1 << 16];
            while (!inflater.finished()) {
                int read = inflater.inflate(buffer);
                if (read == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new IllegalStateException("A chunk of a series is cut off");
                }
                out.write(buffer, 0, read);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalStateException("A chunk of a series cannot be read", e);
        }
    }
}
