package org.laudable.engine.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dkpro.statistics.agreement.coding.CodingAnnotationStudy;
import org.dkpro.statistics.agreement.coding.FleissKappaAgreement;
import org.dkpro.statistics.agreement.coding.KrippendorffAlphaAgreement;
import org.dkpro.statistics.agreement.coding.PercentageAgreement;
import org.dkpro.statistics.agreement.distance.NominalDistanceFunction;

/**
 * How far annotators choose the same class for the same items: percent, Cohen's and Fleiss' kappa, Krippendorff's alpha, per
 * class and per pair of annotators. The figures are DKPro Agreement's; their intervals come from drawing the items again
 * with replacement (Efron, 1979). Items with one rating are left out.
 */
public final class ChoiceAgreement {
    private static final int RESAMPLES = 500;
    private static final double CONFIDENCE = .95;
    private static final long SEED = 20_170_905;

    private final int classes;
    private final List<int[]> raters;
    private final List<int[]> chosen;

    /** An annotator's choice for an item; one of each pair of the two counts. */
    public record Rating(long item, int rater, int category) {
    }

    /**
     * A figure with its doubt.
     *
     * @param items how many it rests on
     */
    public record Figure(double value, Interval interval, int items) {
    }

    /** Two annotators: the share of items on which they agree, and Cohen's kappa. */
    public record Pair(int first, int second, Figure percent, Figure kappa) {
    }

    private ChoiceAgreement(int classes, List<int[]> raters, List<int[]> chosen) {
        this.classes = classes;
        this.raters = raters;
        this.chosen = chosen;
    }

    /** @param classes how many there are; ratings name them from 0 */
    public static ChoiceAgreement of(List<Rating> ratings, int classes) {
        Map<Long, List<Rating>> byItem = ratings.stream().collect(Collectors.groupingBy(Rating::item, LinkedHashMap::new, Collectors.toList()));
        List<List<Rating>> rated = byItem.values().stream().filter(one -> one.size() > 1)
                .map(one -> one.stream().sorted(Comparator.comparingInt(Rating::rater)).toList()).toList();
        return new ChoiceAgreement(classes, rated.stream().map(one -> one.stream().mapToInt(Rating::rater).toArray()).toList(),
                rated.stream().map(one -> one.stream().mapToInt(Rating::category).toArray()).toList());
    }

    /** How many items have two ratings or more. */
    public int items() {
        return chosen.size();
    }

    /** The share of pairs of ratings that are equal, each rating weighing the same. */
    public Figure percent() {
        return figure(all(), one -> choices() < 2 ? 1 : new PercentageAgreement(study(one)).calculateAgreement(), this::percentOf);
    }

    /** Krippendorff's alpha for nominal data: any number of ratings per item. 1 if only one class was ever chosen. */
    public Figure alpha() {
        return figure(all(), one -> choices() < 2 ? 1 : new KrippendorffAlphaAgreement(study(one), new NominalDistanceFunction()).calculateAgreement(),
                this::alphaOf);
    }

    /** Fleiss' kappa over the items with the most common number of ratings, as it asks for the same number on each. */
    public Figure fleiss() {
        Map<Integer, Integer> sizes = new TreeMap<>();
        chosen.forEach(one -> sizes.merge(one.length, 1, Integer::sum));
        int usual = sizes.entrySet().stream().max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey).orElse(0);
        int[] same = IntStream.range(0, chosen.size()).filter(i -> chosen.get(i).length == usual).toArray();
        return figure(same, one -> oneClass(one) ? 1 : new FleissKappaAgreement(study(one)).calculateAgreement(), this::fleissOf);
    }

    /** The chance that another annotator says this class too once one has said it (specific agreement; Fleiss, 1981). */
    public Figure ofClass(int category) {
        int[] with = IntStream.range(0, chosen.size()).filter(i -> Arrays.stream(chosen.get(i)).anyMatch(c -> c == category)).toArray();
        return figure(with, one -> specific(one, category), one -> specific(one, category));
    }

    /** Each two annotators with items in common, those with the most first. */
    public List<Pair> pairs() {
        Map<Long, List<int[]>> common = new TreeMap<>();
        for (int i = 0; i < chosen.size(); i++) {
            int[] who = raters.get(i);
            for (int a = 0; a < who.length; a++) {
                for (int b = a + 1; b < who.length; b++) {
                    common.computeIfAbsent(((long) who[a] << 32) | who[b], key -> new ArrayList<>())
                            .add(new int[] {chosen.get(i)[a], chosen.get(i)[b]});
                }
            }
        }
        List<Pair> pairs = new ArrayList<>();
        common.forEach((key, said) -> {
            int[] one = said.stream().mapToInt(two -> two[0]).toArray();
            int[] other = said.stream().mapToInt(two -> two[1]).toArray();
            int[] every = IntStream.range(0, one.length).toArray();
            ToDoubleFunction<int[]> same = at -> (double) Arrays.stream(at).filter(i -> one[i] == other[i]).count() / at.length;
            ToDoubleFunction<int[]> kappa = at -> CohensKappa.of(Arrays.stream(at).map(i -> one[i]).toArray(),
                    Arrays.stream(at).map(i -> other[i]).toArray(), classes);
            pairs.add(new Pair((int) (key >> 32), key.intValue(), figure(every, same, same), figure(every, kappa, kappa)));
        });
        pairs.sort(Comparator.comparingInt((Pair pair) -> pair.percent().items()).reversed());
        return pairs;
    }

    private int[] all() {
        return IntStream.range(0, chosen.size()).toArray();
    }

    private int choices() {
        return (int) chosen.stream().flatMapToInt(Arrays::stream).distinct().count();
    }

    private boolean oneClass(int[] items) {
        return Arrays.stream(items).flatMap(i -> Arrays.stream(chosen.get(i))).distinct().count() < 2;
    }

    /** DKPro's form of these items; the place of a rating says nothing about who gave it, as none of the figures asks. */
    private CodingAnnotationStudy study(int[] items) {
        int most = Arrays.stream(items).map(i -> chosen.get(i).length).max().orElse(0);
        CodingAnnotationStudy study = new CodingAnnotationStudy(most);
        for (int i : items) {
            study.addItemAsArray(Arrays.copyOf(Arrays.stream(chosen.get(i)).boxed().toArray(), most));
        }
        return study;
    }

    private static Figure figure(int[] items, ToDoubleFunction<int[]> exact, ToDoubleFunction<int[]> resampled) {
        if (items.length == 0) {
            return new Figure(Double.NaN, new Interval(0, 1), 0);
        }
        Interval interval = Bootstrap.interval(items.length,
                positions -> resampled.applyAsDouble(Arrays.stream(positions).map(p -> items[p]).toArray()), RESAMPLES, CONFIDENCE, SEED);
        return new Figure(exact.applyAsDouble(items), interval, items.length);
    }

    private double percentOf(int[] items) {
        double same = 0;
        int ratings = 0;
        for (int i : items) {
            int[] counts = counts(i);
            int n = chosen.get(i).length;
            for (int count : counts) {
                same += (double) count * (count - 1) / (n - 1);
            }
            ratings += n;
        }
        return same / ratings;
    }

    private double alphaOf(int[] items) {
        long[] totals = new long[classes];
        long ratings = 0;
        for (int i : items) {
            for (int c : chosen.get(i)) {
                totals[c]++;
                ratings++;
            }
        }
        double expected = (double) ratings * ratings;
        for (long total : totals) {
            expected -= (double) total * total;
        }
        return expected == 0 ? 1 : 1 - (1 - percentOf(items)) * ratings * (ratings - 1) / expected;
    }

    private double fleissOf(int[] items) {
        double[] shares = new double[classes];
        double ratings = 0;
        for (int i : items) {
            for (int c : chosen.get(i)) {
                shares[c]++;
                ratings++;
            }
        }
        double chance = 0;
        for (double share : shares) {
            chance += share / ratings * share / ratings;
        }
        return chance > 1 - 1e-12 ? 1 : (percentOf(items) - chance) / (1 - chance);
    }

    private double specific(int[] items, int category) {
        double both = 0;
        double either = 0;
        for (int i : items) {
            int n = chosen.get(i).length;
            long said = Arrays.stream(chosen.get(i)).filter(c -> c == category).count();
            both += (double) said * (said - 1) / (n - 1);
            either += said;
        }
        return both / either;
    }

    private int[] counts(int item) {
        int[] counts = new int[classes];
        for (int c : chosen.get(item)) {
            counts[c]++;
        }
        return counts;
    }
}
