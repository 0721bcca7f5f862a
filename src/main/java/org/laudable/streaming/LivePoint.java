package org.laudable.streaming;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A point of a series as it comes.
 *
 * @param millis of its moment, since 1970
 * @param values one per channel; NaN where there is none
 */
record LivePoint(long millis, double[] values) {
    private static final byte FORM = 1;
    private static final int HEAD = 1 + Long.BYTES;

    /** The compact form: a byte 1, the moment as int64, the values as float64, all big-endian. */
    byte[] packed() {
        ByteBuffer out = ByteBuffer.allocate(HEAD + Double.BYTES * values.length).order(ByteOrder.BIG_ENDIAN);
        out.put(FORM).putLong(millis);
        for (double value : values) {
            out.putDouble(value);
        }
        return out.array();
    }

    /** @throws IllegalArgumentException if the bytes are no point */
    static LivePoint unpacked(byte[] bytes) {
        if (bytes.length < HEAD + Double.BYTES || bytes[0] != FORM || (bytes.length - HEAD) % Double.BYTES != 0) {
            throw new IllegalArgumentException("These bytes are not a point in the compact form.");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1).order(ByteOrder.BIG_ENDIAN);
        long millis = in.getLong();
        double[] values = new double[(bytes.length - HEAD) / Double.BYTES];
        for (int c = 0; c < values.length; c++) {
            double value = in.getDouble();
            values[c] = Double.isFinite(value) ? value : Double.NaN;
        }
        return new LivePoint(millis, values);
    }

    static boolean isPacked(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == FORM;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LivePoint point && point.millis == millis && Arrays.equals(point.values, values);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(millis) + 31 * Arrays.hashCode(values);
    }
}
