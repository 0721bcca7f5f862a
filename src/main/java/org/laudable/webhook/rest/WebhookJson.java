package org.laudable.webhook.rest;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BadRequestException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.laudable.webhook.Delivery;
import org.laudable.webhook.Webhook;
import org.laudable.webhook.WebhookEvent;
import org.laudable.webhook.WebhookService;
import org.laudable.webhook.WebhookSettings;

/**
 * A webhook.
 *
 * @param secret only in the answer that made it
 */
@Schema(name = "Webhook")
record WebhookJson(long id, String name, String url, List<WebhookEvent> events, boolean withTexts, Webhook.State state, int failures,
        Instant failingSince, long waiting, long givenUp, Instant lastAttempt, Instant createdAt, String secret) {

    static WebhookJson of(Webhook one) {
        return of(one, null);
    }

    static WebhookJson of(WebhookService.WithSecret one) {
        return of(one.webhook(), one.secret());
    }

    private static WebhookJson of(Webhook one, String secret) {
        WebhookSettings settings = one.settings();
        return new WebhookJson(one.id(), settings.name(), settings.url(), settings.events().stream().sorted().toList(), settings.withTexts(),
                one.state(), one.failures(), one.failingSince().orElse(null), one.waiting(), one.givenUp(), one.lastAttempt().orElse(null),
                one.createdAt(), secret);
    }

    @Schema(name = "WebhookList")
    record All(List<WebhookJson> webhooks) {}

    /** What a manager says of a webhook. */
    @Schema(name = "WebhookSettings")
    record Settings(@NotBlank @Size(max = 80) String name, @NotBlank @Size(max = 2_000) String url, @NotEmpty Set<WebhookEvent> events,
            boolean withTexts) {
        /** @throws BadRequestException if an event is null */
        WebhookSettings settings() {
            if (events.contains(null)) {
                throw new BadRequestException("An event is missing in the list of events.");
            }
            return new WebhookSettings(name.strip(), url.strip(), events, withTexts);
        }
    }

    /** A message and what became of it. */
    @Schema(name = "WebhookDelivery")
    record DeliveryJson(long id, UUID message, long sequence, WebhookEvent event, int facts, Delivery.State state, int attempts, Instant createdAt,
            Instant nextAt, Instant attemptedAt, Integer millis, Integer status, String answer, String error) {
        static DeliveryJson of(Delivery one) {
            return new DeliveryJson(one.id(), one.message(), one.sequence(), one.event(), one.facts(), one.state(), one.attempts(), one.createdAt(),
                    one.nextAt().orElse(null), one.attemptedAt().orElse(null), one.millis().orElse(null), one.status().orElse(null),
                    one.answer().orElse(null), one.error().orElse(null));
        }
    }

    @Schema(name = "WebhookDeliveryPage")
    record Deliveries(List<DeliveryJson> deliveries, String next) {}

    /** How many are sent again. */
    @Schema(name = "WebhookReplay")
    record Replayed(int deliveries) {}
}
