package org.laudable.labeling;

import java.time.Instant;
import java.util.UUID;

/**
 * A person's answer as their page sends it.
 *
 * @param clientId made by the page: the same answer sent twice is recorded once
 * @param classId with {@link AnswerKind#LABEL}, otherwise null
 * @param comment why, or null
 * @param activeMillis how long the person looked and worked, idle time cut
 * @param answeredAt by the browser's clock
 * @param guidelineNumber the version they could read, or null
 * @param interval of the series the answer is about; null: the suggested one, and always with texts
 * @param reason with {@link AnswerKind#SKIP} and {@link AnswerKind#FLAG}, or null
 */
public record Answer(UUID clientId, long taskId, AnswerKind kind, Long classId, String comment, long activeMillis,
        Instant answeredAt, Integer guidelineNumber, Interval interval, AnswerReason reason) {

    /** An answer about a text. */
    public Answer(UUID clientId, long taskId, AnswerKind kind, Long classId, String comment, long activeMillis,
            Instant answeredAt, Integer guidelineNumber) {
        this(clientId, taskId, kind, classId, comment, activeMillis, answeredAt, guidelineNumber, null, null);
    }

    /** An answer without a reason. */
    public Answer(UUID clientId, long taskId, AnswerKind kind, Long classId, String comment, long activeMillis,
            Instant answeredAt, Integer guidelineNumber, Interval interval) {
        this(clientId, taskId, kind, classId, comment, activeMillis, answeredAt, guidelineNumber, interval, null);
    }
}
