package org.laudable.webhook;

import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An address that is told what happens in a project; its secret is never read again.
 *
 * @param failures     attempts that failed since the last that did not, or since a day without any
 * @param failingSince when the first of them failed
 * @param waiting      deliveries that are not through yet
 * @param givenUp      those that were given up and can be sent again
 * @param lastAttempt  when the newest attempt was made
 */
public record Webhook(long id, long projectId, WebhookSettings settings, State state, int failures, Optional<Instant> failingSince,
        long waiting, long givenUp, Optional<Instant> lastAttempt, Instant createdAt, int version) {

    /** What becomes of news. */
    @Schema(name = "WebhookState")
    public enum State {
        ACTIVE,
        /** A person put it aside: news are not kept for it. */
        PAUSED,
        /** It failed for too long: news are not kept for it either. */
        FAILED
    }
}
