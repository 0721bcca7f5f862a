package org.laudable.engine.parquet;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Walks through a structure in Thrift's compact form without building anything of it. Parsers reserve room for as many
 * elements as a list claims to have; here a list may claim no more elements than there are bytes left.
 */
final class CompactThrift {
    private static final int DEEPEST = 40;

    private final ByteBuffer bytes;

    private CompactThrift(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** The length of the structure at the buffer's position; −1 if it is none, or does not fit into the buffer. */
    static int length(ByteBuffer bytes) {
        ByteBuffer walked = bytes.duplicate();
        try {
            return new CompactThrift(walked).struct(0) ? walked.position() - bytes.position() : -1;
        } catch (BufferUnderflowException e) {
            return -1;
        }
    }

    private boolean struct(int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        while (true) {
            int header = bytes.get() & 0xFF;
            if (header == 0) {
                return true;
            }
            if (header >> 4 == 0) {
                varint(); // the field's number, where it is no small step from the last one
            }
            int type = header & 0x0F;
            if (type != 1 && type != 2 && !value(type, depth)) {
                return false;
            }
        }
    }

    private boolean value(int type, int depth) {
        return switch (type) {
            case 1, 2, 3 -> skip(1);
            case 4, 5, 6 -> varint() >= 0 || true;
            case 7 -> skip(8);
            case 8 -> skip(varint());
            case 9, 10 -> list(depth);
            case 11 -> map(depth);
            case 12 -> struct(depth + 1);
            default -> false;
        };
    }

    private boolean list(int depth) {
        int header = bytes.get() & 0xFF;
        long size = header >> 4 == 15 ? varint() : header >> 4;
        if (size < 0 || size > bytes.remaining() || depth > DEEPEST) {
            return false;
        }
        for (long i = 0; i < size; i++) {
            if (!value(header & 0x0F, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean map(int depth) {
        long size = varint();
        if (size == 0) {
            return true;
        }
        int types = bytes.get() & 0xFF;
        if (size < 0 || size > bytes.remaining() || depth > DEEPEST) {
            return false;
        }
        for (long i = 0; i < size; i++) {
            if (!value(types >> 4, depth + 1) || !value(types & 0x0F, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean skip(long count) {
        if (count < 0 || count > bytes.remaining()) {
            return false;
        }
        bytes.position(bytes.position() + (int) count);
        return true;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte part = bytes.get();
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new BufferUnderflowException();
    }
}
