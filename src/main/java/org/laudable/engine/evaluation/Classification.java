package org.laudable.engine.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * How predictions compare with the truth.
 *
 * @param confusion {@code [true class][predicted class]} counts, square
 */
public record Classification(int[][] confusion) {

    /**
     * One class.
     *
     * @param precision share of right ones among those predicted; NaN if none was predicted
     * @param recall    share found of those that are; NaN if there are none
     * @param f1        harmonic mean; 0 if the class was there and never hit; NaN if it is not there
     * @param support   items of the class
     * @param predicted items predicted as the class
     */
    public record ClassQuality(double precision, double recall, double f1, int support, int predicted) {
    }

    /** Counts pairs of classes. */
    public static Classification of(int[] truth, int[] predicted, int classes) {
        if (truth.length != predicted.length) {
            throw new IllegalArgumentException("%d true classes, %d predicted".formatted(truth.length, predicted.length));
        }
        int[][] confusion = new int[classes][classes];
        for (int i = 0; i < truth.length; i++) {
            confusion[truth[i]][predicted[i]]++;
        }
        return new Classification(confusion);
    }

    public int total() {
        int sum = 0;
        for (int[] row : confusion) {
            for (int count : row) {
                sum += count;
            }
        }
        return sum;
    }

    public int correct() {
        int sum = 0;
        for (int c = 0; c < confusion.length; c++) {
            sum += confusion[c][c];
        }
        return sum;
    }

    /** Share of right predictions; NaN without items. */
    public double accuracy() {
        return (double) correct() / total();
    }

    /** Mean F1 over the classes that occur in the truth; NaN without items. */
    public double macroF1() {
        return perClass().stream().filter(c -> c.support() > 0).mapToDouble(ClassQuality::f1).average().orElse(Double.NaN);
    }

    /** Figures of every class, in order. */
    public List<ClassQuality> perClass() {
        List<ClassQuality> all = new ArrayList<>();
        for (int c = 0; c < confusion.length; c++) {
            int support = 0;
            int predicted = 0;
            for (int o = 0; o < confusion.length; o++) {
                support += confusion[c][o];
                predicted += confusion[o][c];
            }
            int hit = confusion[c][c];
            all.add(new ClassQuality((double) hit / predicted, (double) hit / support,
                    support == 0 ? Double.NaN : 2.0 * hit / (support + predicted), support, predicted));
        }
        return all;
    }
}
