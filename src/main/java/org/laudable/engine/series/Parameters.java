package org.laudable.engine.series;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All weights of one network in one flat array, which is what is optimised, saved and loaded; a network sees its
 * matrices as views of it.
 */
final class Parameters {

    private record Slot(int from, int rows, int cols) {
        int size() {
            return rows * cols;
        }
    }

    private final List<Slot> slots = new ArrayList<>();
    private final List<float[]> initial = new ArrayList<>();
    private int size;

    /** Adds a matrix (or, with one row, a vector), uniform in ±limit; returns its number. */
    int add(int rows, int cols, double limit, SplittableRandom random) {
        float[] values = new float[rows * cols];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
        }
        slots.add(new Slot(size, rows, cols));
        initial.add(values);
        size += values.length;
        return slots.size() - 1;
    }

    /** Adds the weights and the bias of a dense layer; returns the number of the weights, the bias is the next. */
    int addDense(int inputs, int outputs, SplittableRandom random) {
        double limit = 1 / Math.sqrt(inputs);
        int number = add(outputs, inputs, limit, random);
        add(1, outputs, limit, random);
        return number;
    }

    /** The first values of a matrix, to change before training starts. */
    float[] initial(int number) {
        return initial.get(number);
    }

    float[] initialValues() {
        float[] all = new float[size];
        for (int s = 0; s < slots.size(); s++) {
            System.arraycopy(initial.get(s), 0, all, slots.get(s).from(), initial.get(s).length);
        }
        return all;
    }

    int size() {
        return size;
    }

    /** Views of a flat array, as [rows, cols], or [cols] where there is one row. */
    NDArray[] views(NDManager manager, NDArray flat) {
        NDArray[] views = new NDArray[slots.size()];
        for (int s = 0; s < views.length; s++) {
            Slot slot = slots.get(s);
            NDArray part = flat.get(manager, new NDIndex().addSliceDim(slot.from(), slot.from() + slot.size()));
            views[s] = slot.rows() == 1 ? part : part.reshape(new Shape(slot.rows(), slot.cols()));
        }
        return views;
    }

    /** x · Wᵀ + b of the dense layer with this number. */
    static NDArray dense(NDArray x, NDArray[] views, int number) {
        return x.matMul(views[number].transpose()).add(views[number + 1]);
    }
}
