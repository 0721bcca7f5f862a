package org.laudable.engine.series;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** A series in native memory, once; windows are gathered from it by their last points. Before the first point it repeats. */
final class WindowRows {

    private final NDArray padded;
    private final NDArray offsets;

    WindowRows(NDManager manager, float[][] rows, int length) {
        int width = rows[0].length;
        float[] flat = new float[(rows.length + length - 1) * width];
        for (int i = 0; i < rows.length + length - 1; i++) {
            System.arraycopy(rows[Math.max(0, i - length + 1)], 0, flat, i * width, width);
        }
        padded = manager.create(flat, new Shape(rows.length + length - 1L, width));
        offsets = manager.arange(0, length, 1, DataType.INT64).reshape(1, length);
    }

    /** [n, length, width] windows that end at the given points. */
    NDArray windows(NDManager memory, NDArray ends) {
        NDArray rows = ends.reshape(-1, 1).add(offsets);
        return padded.get(memory, new NDIndex("{}", rows));
    }
}
