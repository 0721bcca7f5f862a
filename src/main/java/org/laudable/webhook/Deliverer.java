package org.laudable.webhook;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.laudable.Refused;
import org.laudable.notification.NotificationKind;
import org.laudable.notification.Notifications;
import org.laudable.webhook.DeliveryRepository.Attempt;
import org.laudable.webhook.WebhookPost.Outcome;
import org.laudable.webhook.WebhookRepository.Sender;

/**
 * Sends what a webhook has to be told, one message after the other, the oldest that is due first. One worker at a time holds a
 * webhook, by its row; when that worker dies, the row is free again half a minute later and the message that was on its way
 * goes out once more. No transaction is open while a receiver is waited for.
 */
@ApplicationScoped
class Deliverer {
    /** After so many messages, or so long, others have their turn. */
    private static final int MOST_IN_A_TURN = 200;
    private static final Duration TURN = Duration.ofSeconds(30);

    private final WebhookRepository webhooks;
    private final DeliveryRepository deliveries;
    private final Gathering gathering;
    private final WebhookSecrets secrets;
    private final WebhookPost post;
    private final Notifications notifications;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();

    Deliverer(WebhookRepository webhooks, DeliveryRepository deliveries, Gathering gathering, WebhookSecrets secrets, WebhookPost post,
            Notifications notifications, Clock clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.gathering = gathering;
        this.secrets = secrets;
        this.post = post;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** Does what is due now; nothing if another worker is at it. */
    void work(long webhookId) {
        UUID worker = UUID.randomUUID();
        Optional<Sender> taken = webhooks.take(webhookId, worker, clock.instant());
        if (taken.isEmpty()) {
            return;
        }
        Sender webhook = taken.get();
        try {
            gathering.gather(webhook, clock.instant());
            Instant until = clock.instant().plus(TURN);
            for (int sent = 0; sent < MOST_IN_A_TURN && clock.instant().isBefore(until); sent++) {
                Optional<Attempt> attempt = QuarkusTransaction.requiringNew().call(() -> webhooks.hold(webhook, worker, clock.instant())
                        ? deliveries.begin(webhookId, clock.instant()) : Optional.empty());
                if (attempt.isEmpty()) {
                    return;
                }
                Outcome outcome = send(webhook, attempt.get());
                QuarkusTransaction.requiringNew().run(() -> conclude(webhook, attempt.get(), outcome));
            }
        } finally {
            webhooks.release(webhookId, worker);
        }
    }

    private Outcome send(Sender webhook, Attempt attempt) {
        List<String> keys = new ArrayList<>();
        try {
            keys.add(secrets.open(webhook.id(), webhook.secret()));
            if (webhook.oldSecret() != null) {
                keys.add(secrets.open(webhook.id(), webhook.oldSecret()));
            }
        } catch (Refused e) {
            return new Outcome(Optional.empty(), Optional.empty(), Optional.of(e.getMessage()), Optional.empty(), 0);
        }
        return post.send(new WebhookPost.Message(webhook.url(), keys, attempt.message().toString(), attempt.event().wireName(), attempt.number(),
                attempt.body()));
    }

    private void conclude(Sender webhook, Attempt attempt, Outcome outcome) {
        if (outcome.delivered()) {
            deliveries.end(attempt, Delivery.State.DELIVERED, null, outcome);
            webhooks.succeeded(webhook.id(), clock.instant());
            return;
        }
        Instant now = clock.instant();
        Duration asked = outcome.retryAfter().filter(wait -> wait.compareTo(Backoff.LONGEST) <= 0).orElse(Duration.ZERO);
        Duration wait = Backoff.afterAttempt(attempt.number(), random);
        Instant next = now.plus(wait.compareTo(asked) > 0 ? wait : asked);
        boolean givenUp = next.isAfter(attempt.giveUpAt());
        deliveries.end(attempt, givenUp ? Delivery.State.GIVEN_UP : Delivery.State.WAITING, givenUp ? null : next, outcome);
        WebhookRepository.Failing failing = webhooks.failed(webhook.id(), now);
        if (Duration.between(failing.since(), now).compareTo(Backoff.PAUSE) >= 0) {
            webhooks.state(webhook.id(), Webhook.State.FAILED);
            tell(webhook, NotificationKind.WEBHOOK_PAUSED);
            return;
        }
        webhooks.rest(webhook.id(), now.plus(Backoff.rest(failing.failures(), random)));
        if (givenUp && webhooks.tell(webhook.id())) {
            tell(webhook, NotificationKind.WEBHOOK_GIVEN_UP);
        }
    }

    private void tell(Sender webhook, NotificationKind kind) {
        webhooks.find(webhook.projectId(), webhook.id()).ifPresent(found -> notifications.toManagers(webhook.projectId(), kind,
                Map.of("name", found.settings().name(), "path", "projects/" + webhook.projectId() + "/settings/webhooks")));
    }
}
