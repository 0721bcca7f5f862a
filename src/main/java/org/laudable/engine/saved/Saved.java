package org.laudable.engine.saved;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.laudable.engine.linear.FloatMatrix;

/** Arrays and matrices in a model file. */
public final class Saved {

    /** What a matrix may take in memory. */
    private static final long MOST_BYTES = 1L << 30;

    private Saved() {
    }

    public static void write(DataOutput out, float[] values) throws IOException {
        out.writeInt(values.length);
        row(out, values);
    }

    public static float[] readFloats(DataInput in) throws IOException {
        return row(in, BoundedInput.length(in, Float.BYTES));
    }

    public static void write(DataOutput out, int[] values) throws IOException {
        out.writeInt(values.length);
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        out.write(bytes.array());
    }

    public static int[] readInts(DataInput in) throws IOException {
        int[] values = new int[BoundedInput.length(in, Integer.BYTES)];
        byte[] bytes = new byte[values.length * Integer.BYTES];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asIntBuffer().get(values);
        return values;
    }

    /** Columns, rows, then row after row. */
    public static void write(DataOutput out, FloatMatrix matrix) throws IOException {
        out.writeInt(matrix.cols());
        out.writeInt(matrix.rows());
        for (int i = 0; i < matrix.rows(); i++) {
            row(out, matrix.row(i));
        }
    }

    public static FloatMatrix readMatrix(DataInput in) throws IOException {
        int cols = BoundedInput.length(in, 0);
        int rows = BoundedInput.length(in, (int) Math.min(Integer.MAX_VALUE, (long) cols * Float.BYTES));
        if (cols == 0 || (cols + 16L) * rows * Float.BYTES > MOST_BYTES) {
            throw new IOException("The model file holds a table of %,d times %,d numbers, more than can be read.".formatted(rows, cols));
        }
        FloatMatrix matrix = new FloatMatrix(rows, cols);
        for (int i = 0; i < rows; i++) {
            matrix.setRow(i, row(in, cols));
        }
        return matrix;
    }

    private static void row(DataOutput out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
    }

    private static float[] row(DataInput in, int length) throws IOException {
        byte[] bytes = new byte[Math.multiplyExact(length, Float.BYTES)];
        in.readFully(bytes);
        float[] values = new float[length];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }
}
