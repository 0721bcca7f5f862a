package org.laudable.laud;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.laudable.engine.evaluation.Binomial;
import org.laudable.engine.evaluation.Bootstrap;
import org.laudable.engine.evaluation.Classification;
import org.laudable.engine.evaluation.Interval;

/**
 * Quality on the audit's reporting half with its 95 % intervals.
 *
 * @param items     answers it rests on; 0: nothing is known, and every figure is NaN
 * @param classIds  the classes that occur, in the order of {@code confusion}
 */
record Quality(int items, int correct, Interval accuracy, double macroF1, Interval macroF1Interval, long[] classIds,
        Classification confusion) {
    private static final double CONFIDENCE = 0.95;
    private static final int RESAMPLES = 300;

    /** Compares class ids of people with those of a model, item by item. */
    static Quality of(long[] truth, long[] predicted) {
        long[] classes = java.util.stream.LongStream.concat(Arrays.stream(truth), Arrays.stream(predicted)).distinct().sorted().toArray();
        int[] t = index(truth, classes);
        int[] p = index(predicted, classes);
        Classification confusion = Classification.of(t, p, Math.max(1, classes.length));
        int correct = confusion.correct();
        Interval f1 = truth.length == 0 ? new Interval(0, 1)
                : Bootstrap.macroF1(t, p, classes.length, RESAMPLES, CONFIDENCE, 17);
        return new Quality(truth.length, correct, Binomial.wilson(correct, truth.length, CONFIDENCE), confusion.macroF1(), f1,
                classes, confusion);
    }

    private static int[] index(long[] ids, long[] sorted) {
        return Arrays.stream(ids).mapToInt(id -> Arrays.binarySearch(sorted, id)).toArray();
    }

    double share() {
        return items == 0 ? Double.NaN : (double) correct / items;
    }

    /** A pair of classes the model takes for each other. */
    record Confusion(long trueClassId, long predictedClassId, int count) {}

    /** The worst pairs first. */
    List<Confusion> worst(int limit) {
        return IntStream.range(0, classIds.length).boxed()
                .flatMap(t -> IntStream.range(0, classIds.length).filter(p -> p != t)
                        .mapToObj(p -> new Confusion(classIds[t], classIds[p], confusion.confusion()[t][p])))
                .filter(c -> c.count() > 0)
                .sorted(Comparator.comparingInt(Confusion::count).reversed().thenComparingLong(Confusion::trueClassId)
                        .thenComparingLong(Confusion::predictedClassId))
                .limit(limit).toList();
    }
}
