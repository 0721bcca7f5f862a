package org.laudable.engine.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dkpro.statistics.agreement.unitizing.KrippendorffAlphaUnitizingAgreement;
import org.dkpro.statistics.agreement.unitizing.UnitizingAnnotationStudy;

/**
 * How far annotators mark the same stretches: overlap (intersection over union) per item, and Krippendorff's alpha for
 * unitizing (1995; 2004) by DKPro Agreement, which also says how much of it chance would give.
 */
public final class IntervalAgreement {
    private static final int RESAMPLES = 1_000;

    private IntervalAgreement() {
    }

    /** A stretch from a point to the point after its last one, with its class. */
    public record Stretch(int from, int to, int category) {

        public Stretch {
            if (to <= from) {
                throw new IllegalArgumentException("A stretch from %d to %d has no point".formatted(from, to));
            }
        }
    }

    /** A stretch an annotator marked on a line that all of them saw. */
    public record Unit(int rater, long from, long length, int category) {
    }

    /** Points in both over points in either, 0 to 1. */
    public static double overlap(Stretch one, Stretch other) {
        long both = Math.max(0, (long) Math.min(one.to(), other.to()) - Math.max(one.from(), other.from()));
        long either = (long) one.to() - one.from() + other.to() - other.from() - both;
        return (double) both / either;
    }

    /** Mean overlap of each two stretches of an item; 1 without two. */
    public static double overlap(List<Stretch> drawn) {
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < drawn.size(); a++) {
            for (int b = a + 1; b < drawn.size(); b++) {
                sum += overlap(drawn.get(a), drawn.get(b));
                pairs++;
            }
        }
        return pairs == 0 ? 1 : sum / pairs;
    }

    /** Mean overlap over items with two stretches or more, with its interval. */
    public static ChoiceAgreement.Figure overlapOfItems(List<List<Stretch>> items) {
        double[] each = items.stream().filter(drawn -> drawn.size() > 1).mapToDouble(IntervalAgreement::overlap).toArray();
        if (each.length == 0) {
            return new ChoiceAgreement.Figure(Double.NaN, new Interval(0, 1), 0);
        }
        Bootstrap.Statistic mean = positions -> {
            double sum = 0;
            for (int p : positions) {
                sum += each[p];
            }
            return sum / positions.length;
        };
        return new ChoiceAgreement.Figure(java.util.Arrays.stream(each).average().orElseThrow(),
                Bootstrap.interval(each.length, mean, RESAMPLES, .95, 20_170_905), each.length);
    }

    /** Alpha for units that each rater placed on the same line, over all classes; NaN if nobody marked anything. */
    public static double alpha(List<Unit> units, int raters, long begin, long length) {
        return units.isEmpty() ? Double.NaN : measure(units, raters, begin, length).calculateAgreement();
    }

    /** Alpha for one class. */
    public static double alphaOfClass(List<Unit> units, int raters, long begin, long length, int category) {
        return measure(units, raters, begin, length).calculateCategoryAgreement(category);
    }

    /**
     * Alpha over items seen by the most common number of annotators, laid end to end, each with as much of the series around
     * what was marked as that is long.
     *
     * @param items per item what its annotators marked, an empty list for who marked nothing
     */
    public static double alphaOfItems(List<List<List<Stretch>>> items) {
        Map<Integer, Integer> sizes = new TreeMap<>();
        items.stream().filter(answers -> answers.size() > 1).forEach(answers -> sizes.merge(answers.size(), 1, Integer::sum));
        int raters = sizes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(0);
        List<Unit> units = new ArrayList<>();
        long end = 0;
        for (List<List<Stretch>> answers : items) {
            List<Stretch> drawn = answers.stream().flatMap(List::stream).toList();
            if (answers.size() != raters || drawn.isEmpty()) {
                continue;
            }
            int first = drawn.stream().mapToInt(Stretch::from).min().orElseThrow();
            int last = drawn.stream().mapToInt(Stretch::to).max().orElseThrow();
            long zero = end + (last - first) - first;
            for (int rater = 0; rater < raters; rater++) {
                for (Stretch one : answers.get(rater)) {
                    units.add(new Unit(rater, zero + one.from(), one.to() - one.from(), one.category()));
                }
            }
            end += 3L * (last - first);
        }
        return alpha(units, raters, 0, end);
    }

    private static KrippendorffAlphaUnitizingAgreement measure(List<Unit> units, int raters, long begin, long length) {
        UnitizingAnnotationStudy study = new UnitizingAnnotationStudy(raters, begin, length);
        units.forEach(unit -> study.addUnit(unit.from(), unit.length(), unit.rater(), unit.category()));
        return new KrippendorffAlphaUnitizingAgreement(study);
    }
}
