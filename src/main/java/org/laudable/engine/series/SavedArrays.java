package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.laudable.engine.saved.BoundedInput;

/** How arrays and networks are written into a bundle: a length, then the numbers, big-endian. */
final class SavedArrays {

    private SavedArrays() {
    }

    static void write(DataOutput out, float[] values) throws IOException {
        out.writeInt(values.length);
        for (float v : values) {
            out.writeFloat(v);
        }
    }

    static float[] readFloats(DataInput in) throws IOException {
        float[] values = new float[BoundedInput.length(in, Float.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }

    static void write(DataOutput out, double[] values) throws IOException {
        out.writeInt(values.length);
        for (double v : values) {
            out.writeDouble(v);
        }
    }

    static double[] readDoubles(DataInput in) throws IOException {
        double[] values = new double[BoundedInput.length(in, Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    static void write(DataOutput out, Vae vae) throws IOException {
        out.writeInt(vae.shape().length());
        out.writeInt(vae.shape().channels());
        out.writeBoolean(vae.shape().masked());
        write(out, vae.weights());
    }

    static Vae readVae(DataInput in) throws IOException {
        return Vae.of(new WindowShape(in.readInt(), in.readInt(), in.readBoolean()), readFloats(in));
    }
}
