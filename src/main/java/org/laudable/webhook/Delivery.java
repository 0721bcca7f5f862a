package org.laudable.webhook;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A message to a webhook and what became of it.
 *
 * @param message   its id for the receiver, the same in every attempt
 * @param sequence  counts a webhook's messages, from 1
 * @param facts     how many things of the kind it tells
 * @param nextAt    when it is tried next; empty unless it waits
 * @param status    of the last answer; empty if there was none
 * @param answer    its beginning
 * @param error     why there was no answer
 */
public record Delivery(long id, UUID message, long sequence, WebhookEvent event, int facts, State state, int attempts, Instant createdAt,
        Optional<Instant> nextAt, Optional<Instant> attemptedAt, Optional<Integer> millis, Optional<Integer> status, Optional<String> answer,
        Optional<String> error) {

    /** How far it is. */
    @Schema(name = "WebhookDeliveryState")
    public enum State {
        WAITING,
        DELIVERED,
        GIVEN_UP
    }
}
