package org.laudable.review;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.laudable.dataset.Origin;
import org.laudable.engine.evaluation.ChoiceAgreement.Figure;
import org.laudable.engine.evaluation.Interval;

/**
 * How far people agree with one another and with the models.
 *
 * @param items     looked at: those with answers of two people or more, the newest first if there are very many
 * @param percent   share of equal pairs of answers
 * @param alpha     Krippendorff's
 * @param fleiss    kappa
 * @param overlap   of marked stretches; null with texts
 * @param alphaUnitizing of marked stretches; null with texts, or if there are too few
 * @param confused  the classes most often confused, at most ten
 * @param made      null with series, whose answers are not weighed
 */
public record AgreementReport(int items, Figure percent, Figure alpha, Figure fleiss, Figure overlap, Double alphaUnitizing,
        List<OfClass> classes, List<OfPair> pairs, List<OfWeek> weeks, List<Confused> confused, List<Against> models,
        List<Annotator> annotators, Made made) {

    /**
     * How several answers become a label in this project.
     *
     * @param weighed by how good each annotator is, not by majority
     * @param items   looked at when it was last done; 0: not yet
     * @param changed labels that became others then
     * @param at      when; null: not yet
     * @param tooFew  people who have too few shared answers: what they answered is left to the majority
     */
    public record Made(boolean weighed, int items, int changed, Instant at, List<String> tooFew) {}

    /** @param classId null: none of these */
    public record OfClass(Long classId, Figure agreement) {}

    public record OfPair(String first, String second, Figure percent, Figure kappa) {}

    /** @param monday the week's first day */
    public record OfWeek(LocalDate monday, Figure percent, Figure alpha) {}

    /**
     * Two classes chosen for the same items.
     *
     * @param first    null: none of these
     * @param second   null: none of these
     * @param times    pairs of answers
     * @param examples some of the items
     */
    public record Confused(Long first, Long second, int times, List<Example> examples) {}

    public record Example(long itemId, String text) {}

    /** People's answers against what a model said of the same items, and what is confused most. */
    public record Against(Origin origin, String name, Figure percent, Figure kappa, List<Mistaken> mistaken) {}

    /** People said one, the model the other. */
    public record Mistaken(Long people, Long model, int times) {}

    /**
     * Estimated from everybody's answers together (Dawid and Skene): people against one another and reviewers' verdicts, a
     * language model against what the people's answers came to, on which it has no say.
     *
     * @param accuracy share of right answers, with an interval for the number of answers it rests on
     */
    public record Annotator(Origin origin, String name, double accuracy, Interval interval, int answers) {}
}
