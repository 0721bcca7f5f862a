package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The last rows of a series as a network sees them; before the first one it repeats. */
final class RowTrail {

    private final float[][] ring;
    private int newest = -1;

    RowTrail(int points) {
        this.ring = new float[points][];
    }

    void push(float[] row) {
        if (newest < 0) {
            java.util.Arrays.fill(ring, row);
        }
        newest = (newest + 1) % ring.length;
        ring[newest] = row;
    }

    /** The row so many points after the oldest one. */
    float[] row(int place) {
        return ring[(newest + 1 + place) % ring.length];
    }

    int length() {
        return ring.length;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(newest < 0 ? 0 : ring[newest].length);
        for (int k = 0; k < ring.length && newest >= 0; k++) {
            for (float v : row(k)) {
                out.writeFloat(v);
            }
        }
    }

    /** @param width what a row must have */
    void read(DataInput in, int width) throws IOException {
        int there = in.readInt();
        if (there != 0 && there != width) {
            throw new IOException("This is no state of this scorer.");
        }
        newest = there == 0 ? -1 : ring.length - 1;
        for (int k = 0; k < ring.length && there > 0; k++) {
            ring[k] = new float[width];
            for (int j = 0; j < width; j++) {
                ring[k][j] = in.readFloat();
            }
        }
    }
}
