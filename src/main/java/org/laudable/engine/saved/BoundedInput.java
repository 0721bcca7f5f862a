package org.laudable.engine.saved;

import java.io.BufferedInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Data of a known size: knows how much is left, so that lengths inside it can be checked before they are believed. */
public final class BoundedInput extends DataInputStream {

    private static final String DAMAGED = "The model file is damaged: it announces more than it holds.";

    /** @param bytes how many may be read */
    public BoundedInput(InputStream from, long bytes) {
        super(new Counted(new BufferedInputStream(from, 1 << 16), bytes));
    }

    /** Whether so many elements of so many bytes can still follow. */
    public boolean holds(long elements, long bytesEach) {
        return elements >= 0 && elements <= remaining() / bytesEach;
    }

    long remaining() {
        return ((Counted) in).remaining;
    }

    /**
     * Reads the length of an array that follows.
     *
     * @param bytesEach the least that each of its elements takes
     * @throws IOException if it is negative or, in bounded data, longer than what is left
     */
    public static int length(DataInput in, int bytesEach) throws IOException {
        int length = in.readInt();
        if (length < 0 || in instanceof BoundedInput bounded && (long) length * bytesEach > bounded.remaining()) {
            throw new IOException(DAMAGED);
        }
        return length;
    }

    /** Counts what is read and ends where the data should. */
    private static final class Counted extends FilterInputStream {
        private long remaining;

        Counted(InputStream in, long bytes) {
            super(in);
            this.remaining = bytes;
        }

        @Override
        public int read() throws IOException {
            int value = remaining > 0 ? super.read() : -1;
            remaining -= value >= 0 ? 1 : 0;
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (remaining <= 0 && length > 0) {
                return -1;
            }
            int read = super.read(buffer, offset, (int) Math.min(length, remaining));
            remaining -= Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, remaining));
            remaining -= skipped;
            return skipped;
        }
    }
}
