package org.laudable.engine.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Weighs votes by how good each annotator turns out to be (Dawid and Skene, 1979): expectation–maximisation over the items'
 * unknown classes and the annotators' confusion matrices, with Dirichlet smoothing. Each annotator's accuracy leans on
 * everybody's, each row of their matrix on their own accuracy and everybody's mistakes; so few votes or many classes give
 * nearly a majority vote, many votes the full matrices. The result does not depend on the votes' order.
 */
public final class DawidSkene {
    private static final int MOST_ITERATIONS = 200;
    private static final double SETTLED = 1e-4;
    /** Imagined votes at everybody's accuracy. */
    private static final double LEAN_ON_ALL = 10;
    /** Imagined votes per class in each row of a matrix, at its annotator's accuracy. */
    private static final double LEAN_ON_SELF = 2.5;

    private final int classes;
    private final int[] item;
    private final int[] annotator;
    private final int[] said;
    private final double[][] posterior;
    private final int[] known;
    private final double[] prevalence;
    private final double[][][] confusion;
    private final double[] accuracy;

    /** What an annotator (a person, a language model) said of an item; a second vote on it replaces the first. */
    public record Vote(long item, long annotator, int classIndex) {
    }

    /**
     * How good an annotator is.
     *
     * @param accuracy  estimated share of right votes
     * @param confusion {@code [true class][class said]}, rows sum to 1
     * @param votes     how many it rests on
     */
    public record Quality(double accuracy, double[][] confusion, int votes) {
    }

    /**
     * What the votes came to.
     *
     * @param probabilities of the classes, by item
     * @param annotators    by annotator
     * @param prevalence    share of each class
     */
    public record Estimate(Map<Long, double[]> probabilities, Map<Long, Quality> annotators, double[] prevalence) {

        /** The likeliest class of an item; the first one if several are. */
        public int likeliest(long item) {
            double[] of = probabilities.get(item);
            int best = 0;
            for (int c = 1; c < of.length; c++) {
                best = of[c] > of[best] ? c : best;
            }
            return best;
        }
    }

    private DawidSkene(int classes, int items, int annotators, int[] item, int[] annotator, int[] said, int[] known) {
        this.classes = classes;
        this.item = item;
        this.annotator = annotator;
        this.said = said;
        this.known = known;
        posterior = new double[items][classes];
        prevalence = new double[classes];
        confusion = new double[annotators][classes][classes];
        accuracy = new double[annotators];
    }

    /**
     * Estimates the items' classes and the annotators' quality.
     *
     * @param classes how many there are; votes name them from 0
     */
    public static Estimate of(List<Vote> votes, int classes) {
        return of(votes, classes, Map.of());
    }

    /** @param truth of items whose class is certain, such as by a reviewer's verdict: they teach, and stay what they are */
    public static Estimate of(List<Vote> votes, int classes, Map<Long, Integer> truth) {
        if (classes < 2 || votes.stream().anyMatch(vote -> vote.classIndex() < 0 || vote.classIndex() >= classes)) {
            throw new IllegalArgumentException("A vote names a class that is not among the " + classes);
        }
        Map<Long, Map<Long, Vote>> last = new LinkedHashMap<>();
        votes.forEach(vote -> last.computeIfAbsent(vote.item(), id -> new LinkedHashMap<>()).put(vote.annotator(), vote));
        List<Vote> counted = new ArrayList<>(last.values().stream().flatMap(of -> of.values().stream()).toList());
        counted.sort(Comparator.comparingLong(Vote::item).thenComparingLong(Vote::annotator));
        List<Long> items = ids(last.keySet());
        List<Long> annotators = ids(counted.stream().map(Vote::annotator).toList());
        DawidSkene fit = new DawidSkene(classes, items.size(), annotators.size(),
                counted.stream().mapToInt(vote -> Collections.binarySearch(items, vote.item())).toArray(),
                counted.stream().mapToInt(vote -> Collections.binarySearch(annotators, vote.annotator())).toArray(),
                counted.stream().mapToInt(Vote::classIndex).toArray(), items.stream().mapToInt(id -> truth.getOrDefault(id, -1)).toArray());
        fit.run();
        return fit.estimate(items, annotators);
    }

    private static List<Long> ids(Iterable<Long> some) {
        SortedSet<Long> sorted = new TreeSet<>();
        some.forEach(sorted::add);
        return List.copyOf(sorted);
    }

    private void run() {
        for (int v = 0; v < item.length; v++) {
            posterior[item[v]][said[v]]++;
        }
        for (double[] of : posterior) {
            double sum = Arrays.stream(of).sum();
            Arrays.setAll(of, c -> of[c] / sum);
        }
        for (int i = 0; i < known.length; i++) {
            if (known[i] >= 0) {
                Arrays.fill(posterior[i], 0);
                posterior[i][known[i]] = 1;
            }
        }
        double moved = 1;
        for (int iteration = 0; iteration < MOST_ITERATIONS && moved > SETTLED; iteration++) {
            maximise();
            moved = expect();
        }
    }

    /** Prevalence and matrices from what the items probably are. */
    private void maximise() {
        Arrays.fill(prevalence, 1);
        for (double[] of : posterior) {
            for (int c = 0; c < classes; c++) {
                prevalence[c] += of[c];
            }
        }
        double items = Arrays.stream(prevalence).sum();
        Arrays.setAll(prevalence, c -> prevalence[c] / items);
        double[][][] counts = new double[accuracy.length][classes][classes];
        double[][] everybody = new double[classes][classes];
        for (int v = 0; v < item.length; v++) {
            for (int c = 0; c < classes; c++) {
                counts[annotator[v]][c][said[v]] += posterior[item[v]][c];
                everybody[c][said[v]] += posterior[item[v]][c];
            }
        }
        double right = 0;
        for (int c = 0; c < classes; c++) {
            right += everybody[c][c];
        }
        double usual = (right + 1) / (item.length + 2);
        for (int a = 0; a < accuracy.length; a++) {
            double hits = 0;
            double all = 0;
            for (int c = 0; c < classes; c++) {
                hits += counts[a][c][c];
                all += Arrays.stream(counts[a][c]).sum();
            }
            accuracy[a] = (hits + LEAN_ON_ALL * usual) / (all + LEAN_ON_ALL);
            for (int c = 0; c < classes; c++) {
                smooth(counts[a][c], everybody[c], c, accuracy[a], confusion[a][c]);
            }
        }
    }

    private void smooth(double[] counts, double[] everybody, int truth, double own, double[] row) {
        double all = Arrays.stream(counts).sum();
        double mistakes = Arrays.stream(everybody).sum() - everybody[truth] + classes - 1;
        for (int c = 0; c < classes; c++) {
            double expected = c == truth ? own : (1 - own) * (everybody[c] + 1) / mistakes;
            row[c] = (counts[c] + LEAN_ON_SELF * classes * expected) / (all + LEAN_ON_SELF * classes);
        }
    }

    /** What the items probably are from the matrices; the largest change. */
    private double expect() {
        double[][] log = new double[posterior.length][classes];
        for (double[] of : log) {
            Arrays.setAll(of, c -> Math.log(prevalence[c]));
        }
        double[][][] logSaid = new double[accuracy.length][classes][classes];
        for (int a = 0; a < accuracy.length; a++) {
            for (int c = 0; c < classes; c++) {
                for (int k = 0; k < classes; k++) {
                    logSaid[a][k][c] = Math.log(confusion[a][c][k]);
                }
            }
        }
        for (int v = 0; v < item.length; v++) {
            double[] weights = logSaid[annotator[v]][said[v]];
            for (int c = 0; c < classes; c++) {
                log[item[v]][c] += weights[c];
            }
        }
        double moved = 0;
        for (int i = 0; i < posterior.length; i++) {
            if (known[i] >= 0) {
                continue;
            }
            double top = Arrays.stream(log[i]).max().orElseThrow();
            double sum = Arrays.stream(log[i]).map(value -> Math.exp(value - top)).sum();
            for (int c = 0; c < classes; c++) {
                double now = Math.exp(log[i][c] - top) / sum;
                moved = Math.max(moved, Math.abs(now - posterior[i][c]));
                posterior[i][c] = now;
            }
        }
        return moved;
    }

    private Estimate estimate(List<Long> items, List<Long> annotators) {
        int[] votes = new int[accuracy.length];
        for (int a : annotator) {
            votes[a]++;
        }
        Map<Long, double[]> probabilities = new LinkedHashMap<>();
        for (int i = 0; i < posterior.length; i++) {
            probabilities.put(items.get(i), posterior[i]);
        }
        Map<Long, Quality> qualities = new LinkedHashMap<>();
        for (int a = 0; a < accuracy.length; a++) {
            qualities.put(annotators.get(a), new Quality(accuracy[a], confusion[a], votes[a]));
        }
        return new Estimate(probabilities, qualities, prevalence);
    }
}
