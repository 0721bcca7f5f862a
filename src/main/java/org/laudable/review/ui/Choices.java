package org.laudable.review.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.laudable.dataset.Origin;
import org.laudable.engine.evaluation.IntervalAgreement;
import org.laudable.engine.evaluation.IntervalAgreement.Stretch;
import org.laudable.labeling.AnswerKind;
import org.laudable.labeling.Interval;
import org.laudable.review.ReviewItem;

/** What has been said of an item, put together: each different answer is a choice with a key. */
final class Choices {
    /** As many as have a digit. */
    private static final int MOST = 9;

    private Choices() {}

    /** Somebody, or a model, who says so. */
    record Who(Origin origin, String name, Float confidence, String comment, Integer guideline) {}

    /** @param classId null: none of these */
    record Choice(Long classId, Interval interval, List<Who> said) {}

    private record Key(Long classId, Interval interval) {}

    /** The label that stands first (with series also the stretch that came of several), then people's answers, then what models say. */
    static List<Choice> of(ReviewItem item) {
        Map<Key, List<Who>> said = new LinkedHashMap<>();
        boolean byModel = item.label() != null && item.label().origin() != Origin.PERSON && item.label().origin() != Origin.REVIEWER;
        if (byModel && item.opinions().stream().noneMatch(opinion -> sameAsLabel(item, opinion))) {
            add(said, item.label().classId(), null, new Who(item.label().origin(), "", item.label().confidence(), null, null));
        }
        item.opinions().stream().filter(opinion -> byModel && sameAsLabel(item, opinion)).forEach(opinion -> add(said, opinion));
        if (item.label() != null && item.label().interval() != null
                && item.answers().stream().noneMatch(answer -> item.label().interval().equals(answer.interval()))) {
            add(said, item.label().classId(), item.label().interval(), new Who(item.label().origin(), "", null, null, null));
        }
        item.answers().stream().filter(answer -> answer.kind() == AnswerKind.LABEL || answer.kind() == AnswerKind.NONE)
                .forEach(answer -> add(said, answer.classId(), answer.interval(),
                        new Who(Origin.PERSON, answer.person(), null, answer.comment(), answer.guideline())));
        item.opinions().stream().filter(opinion -> !(byModel && sameAsLabel(item, opinion))).forEach(opinion -> add(said, opinion));
        List<Choice> choices = new ArrayList<>();
        said.forEach((key, who) -> choices.add(new Choice(key.classId(), key.interval(), List.copyOf(who))));
        return choices.subList(0, Math.min(MOST, choices.size()));
    }

    private static boolean sameAsLabel(ReviewItem item, ReviewItem.Opinion opinion) {
        return opinion.origin() == item.label().origin() && item.label().classId() != null && opinion.classId() == item.label().classId();
    }

    private static void add(Map<Key, List<Who>> said, ReviewItem.Opinion opinion) {
        add(said, opinion.classId(), null, new Who(opinion.origin(), opinion.source(), opinion.confidence(), null, null));
    }

    /** A model marks no stretch: its opinion goes to the first answer of its class. */
    private static void add(Map<Key, List<Who>> said, Long classId, Interval interval, Who who) {
        Key key = interval != null ? new Key(classId, interval)
                : said.keySet().stream().filter(one -> Objects.equals(one.classId(), classId)).findFirst().orElse(new Key(classId, null));
        said.computeIfAbsent(key, one -> new ArrayList<>()).add(who);
    }

    /** Mean overlap of the stretches people marked; empty with less than two. */
    static OptionalDouble overlap(ReviewItem item) {
        List<Stretch> drawn = item.answers().stream().map(ReviewItem.Answer::interval).filter(Objects::nonNull)
                .map(interval -> new Stretch(interval.from(), interval.to(), 0)).toList();
        return drawn.size() < 2 ? OptionalDouble.empty() : OptionalDouble.of(IntervalAgreement.overlap(drawn));
    }
}
