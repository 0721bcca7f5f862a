package org.laudable.review;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.laudable.engine.evaluation.DawidSkene;
import org.laudable.labeling.WeighedLabels.Wish;
import org.laudable.project.Aggregation;

/**
 * What the answers of several people to each item come to: by majority, or weighed by how good each of them turns out to be.
 * A pure function of the answers: the same answers give the same labels, in whatever order they came.
 */
final class Weighing {
    /** With fewer shared answers, a person's errors are not known: what they answered is left to the majority. */
    static final int ENOUGH = 20;
    /** Less likely than that, a weighed class decides nothing. */
    static final double LEAST = .6;

    private final List<Long> classes;
    private final Map<Long, List<Said>> byItem;
    private final Map<Long, Integer> answers;
    private final DawidSkene.Estimate estimate;

    /**
     * One person's counted answer.
     *
     * @param flagged it says that something is wrong, and no class
     * @param classId null: none of these
     * @param decided a reviewer's class stands on the item: -1 none of these, 0 no reviewer decided
     */
    record Said(long itemId, long taskId, long accountId, long lastAnswer, boolean flagged, Long classId, long decided) {}

    /** @param classes the project's, by ordinal; 'none of these' comes after them */
    Weighing(List<Long> classes, List<Said> said) {
        this.classes = new ArrayList<>(classes);
        this.classes.add(null);
        byItem = said.stream().collect(Collectors.groupingBy(Said::itemId, LinkedHashMap::new, Collectors.toList()));
        byItem.values().removeIf(of -> of.size() < 2 || of.stream().anyMatch(Said::flagged));
        answers = new HashMap<>();
        byItem.values().forEach(of -> of.forEach(one -> answers.merge(one.accountId(), 1, Integer::sum)));
        Map<Long, Integer> truth = new HashMap<>();
        List<DawidSkene.Vote> votes = new ArrayList<>();
        byItem.forEach((item, of) -> of.forEach(one -> {
            votes.add(new DawidSkene.Vote(item, one.accountId(), this.classes.indexOf(one.classId())));
            if (one.decided() != 0) {
                truth.put(item, this.classes.indexOf(one.decided() < 0 ? null : Long.valueOf(one.decided())));
            }
        }));
        estimate = votes.isEmpty() ? null : DawidSkene.of(votes, this.classes.size(), truth);
    }

    /** Who has too few shared answers to be weighed. */
    Set<Long> tooFew() {
        Set<Long> few = new HashSet<>(answers.keySet());
        few.removeIf(person -> answers.get(person) >= ENOUGH);
        return few;
    }

    /** Of all items but those a reviewer decided. */
    List<Wish> wishes(Aggregation way) {
        Set<Long> few = tooFew();
        return byItem.values().stream().filter(of -> of.getFirst().decided() == 0).map(of ->
                way == Aggregation.DAWID_SKENE && of.stream().noneMatch(one -> few.contains(one.accountId())) ? weighed(of) : majority(of)).toList();
    }

    /** The likeliest class that somebody said; below the least likelihood the majority's, or nobody's. */
    private Wish weighed(List<Said> of) {
        double[] likely = estimate.probabilities().get(of.getFirst().itemId());
        Said best = of.stream().reduce((one, other) -> likely[index(other)] > likely[index(one)] ? other : one).orElseThrow();
        if (likely[index(best)] >= LEAST) {
            return wish(of, best, (float) likely[index(best)], true);
        }
        Said most = mostSaid(of);
        return wish(of, most, most == null ? 0 : (float) likely[index(most)], true);
    }

    private Wish majority(List<Said> of) {
        Said most = mostSaid(of);
        return wish(of, most, most == null ? 0 : agreeing(of, most).size() / (float) of.size(), false);
    }

    /** Null: nobody has more than half of them behind them. */
    private static Said mostSaid(List<Said> of) {
        return of.stream().filter(one -> 2 * agreeing(of, one).size() > of.size()).findFirst().orElse(null);
    }

    private static List<Long> agreeing(List<Said> of, Said with) {
        return of.stream().filter(one -> java.util.Objects.equals(one.classId(), with.classId())).map(Said::accountId).toList();
    }

    private int index(Said one) {
        return classes.indexOf(one.classId());
    }

    private static Wish wish(List<Said> of, Said says, float confidence, boolean weighed) {
        Said any = of.getFirst();
        return says == null ? new Wish(any.itemId(), any.taskId(), any.lastAnswer(), "REVIEW", null, 0, weighed, List.of())
                : new Wish(any.itemId(), any.taskId(), any.lastAnswer(), says.classId() == null ? "NONE" : "LABEL", says.classId(), confidence,
                        weighed, agreeing(of, says));
    }
}
