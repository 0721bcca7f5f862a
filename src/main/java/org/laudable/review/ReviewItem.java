package org.laudable.review;

import java.time.Instant;
import java.util.List;
import org.laudable.dataset.Origin;
import org.laudable.labeling.AnswerKind;
import org.laudable.labeling.AnswerReason;
import org.laudable.labeling.Interval;

/**
 * An item as a reviewer sees it.
 *
 * @param version    changes with every answer and label of it
 * @param window     of a series, or null: it is a text
 * @param label      the label that stands, or null
 * @param answers    people's newest ones, by time
 * @param opinions   what models say
 * @param sentBack   notes that are not closed yet
 * @param lookedAtBy who else has it on the screen, or null
 */
public record ReviewItem(long id, long version, String text, Window window, Label label, List<Answer> answers,
        List<Opinion> opinions, List<Note> sentBack, String lookedAtBy) {

    /**
     * The stretch of a series it is about.
     *
     * @param points how long the series is
     */
    public record Window(long seriesId, String series, int points, int point, int from, int to) {}

    /** @param classId null: none of these; {@code interval} null: none was drawn */
    public record Label(Origin origin, Long classId, Float confidence, Interval interval) {}

    /**
     * @param classId null without a class
     * @param reason  why it was skipped or flagged, or null
     */
    public record Answer(long accountId, String person, AnswerKind kind, Long classId, String comment, Interval interval,
            Integer guideline, int revision, Instant at, AnswerReason reason) {}

    /** @param source the model's name or version */
    public record Opinion(Origin origin, long classId, Float confidence, String source) {}

    /** @param answered whether its author has answered again */
    public record Note(String person, String reviewer, String text, boolean answered, Instant at) {}
}
