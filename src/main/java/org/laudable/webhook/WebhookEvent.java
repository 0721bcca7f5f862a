package org.laudable.webhook;

import java.util.List;
import java.util.stream.Stream;

/** What a webhook can be told. The names are those of its messages and do not change. */
public enum WebhookEvent {
    /** A person answered, changed an answer or took it back. */
    ANNOTATION_CREATED("annotation.created"),
    /** A round has the answers it asked for. */
    BATCH_COMPLETE("batch.complete"),
    /** A round's model is in. */
    ROUND_FINISHED("round.finished"),
    /** A run came to its end, was stopped by a person, or failed. */
    RUN_STOPPED("run.stopped"),
    /** A stretch of a series is flagged that was not before. */
    ANOMALY_FOUND("anomaly.found"),
    /** The project's budget is used up. */
    CAP_REACHED("cap.reached"),
    /** Somebody tries whether messages arrive. */
    PING("ping");

    /** Those a webhook is for; a ping goes to each. */
    public static final List<WebhookEvent> CHOICES = Stream.of(values()).filter(event -> event != PING).toList();

    private final String wireName;

    WebhookEvent(String wireName) {
        this.wireName = wireName;
    }

    /** As messages name it. */
    public String wireName() {
        return wireName;
    }

    /** @throws java.util.NoSuchElementException if there is none of this name */
    static WebhookEvent of(String wireName) {
        return Stream.of(values()).filter(event -> event.wireName.equals(wireName)).findFirst().orElseThrow();
    }
}
