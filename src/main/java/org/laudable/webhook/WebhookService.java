package org.laudable.webhook;

import io.quarkus.security.ForbiddenException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.laudable.ChangedMeanwhile;
import org.laudable.Refused;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.OutOfReach;
import org.laudable.security.User;

/** A project's webhooks and what was delivered to them, for its managers. */
@ApplicationScoped
public class WebhookService {
    public static final int MOST = 20;
    /** After a change of secret the old one signs as well for so long. */
    public static final Duration OVERLAP = Duration.ofDays(1);

    private final WebhookRepository webhooks;
    private final DeliveryRepository deliveries;
    private final WebhookSecrets secrets;
    private final WebhookAddresses addresses;
    private final Outbox outbox;
    private final ProjectAccess access;
    private final AuditLog audit;
    private final Clock clock;

    WebhookService(WebhookRepository webhooks, DeliveryRepository deliveries, WebhookSecrets secrets, WebhookAddresses addresses, Outbox outbox,
            ProjectAccess access, AuditLog audit, Clock clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.addresses = addresses;
        this.outbox = outbox;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    /** A webhook with its secret, which is shown this once. */
    public record WithSecret(Webhook webhook, String secret) {}

    @Transactional
    public List<Webhook> all(long projectId) {
        access.require(projectId, Role.MANAGER);
        return webhooks.ofProject(projectId);
    }

    /** @throws OutOfReach if the project has no such webhook */
    @Transactional
    public Webhook find(long projectId, long webhookId) {
        access.require(projectId, Role.MANAGER);
        return known(projectId, webhookId);
    }

    /**
     * Adds a webhook.
     *
     * @throws Refused if its address is not allowed, or there are too many
     */
    @Transactional
    public WithSecret add(long projectId, WebhookSettings settings) {
        User user = access.require(projectId, Role.MANAGER);
        check(settings);
        if (webhooks.ofProject(projectId).size() >= MOST) {
            throw new Refused("A project has at most " + MOST + " webhooks. Remove one first.");
        }
        long id = webhooks.insert(projectId, settings, user.id());
        String secret = secrets.make();
        webhooks.secret(id, secrets.seal(id, secret));
        audit.record("webhook.added", "webhook:" + id, projectId, shown(settings));
        return new WithSecret(known(projectId, id), secret);
    }

    /** @throws ChangedMeanwhile if it is of another version by now */
    @Transactional
    public Webhook change(long projectId, long webhookId, int version, WebhookSettings settings) {
        Webhook before = find(projectId, webhookId);
        check(settings);
        if (!webhooks.change(webhookId, version, settings)) {
            throw new ChangedMeanwhile("Someone else changed this webhook meanwhile. Open it again and repeat your change.");
        }
        audit.changed("webhook.changed", "webhook:" + webhookId, projectId, shown(before.settings()), shown(settings));
        return known(projectId, webhookId);
    }

    /** Puts it aside: nothing is sent, and what happens meanwhile is not kept for it. */
    @Transactional
    public Webhook pause(long projectId, long webhookId) {
        if (find(projectId, webhookId).state() == Webhook.State.ACTIVE) {
            webhooks.state(webhookId, Webhook.State.PAUSED);
            audit.record("webhook.paused", "webhook:" + webhookId, projectId, Map.of());
        }
        return known(projectId, webhookId);
    }

    /** Goes on; what waited is sent. */
    @Transactional
    public Webhook resume(long projectId, long webhookId) {
        if (find(projectId, webhookId).state() != Webhook.State.ACTIVE) {
            webhooks.state(webhookId, Webhook.State.ACTIVE);
            deliveries.wake(webhookId, clock.instant());
            audit.record("webhook.resumed", "webhook:" + webhookId, projectId, Map.of());
        }
        return known(projectId, webhookId);
    }

    /** A new secret; the old one signs as well for a day. */
    @Transactional
    public WithSecret newSecret(long projectId, long webhookId) {
        find(projectId, webhookId);
        String secret = secrets.make();
        webhooks.nextSecret(webhookId, secrets.seal(webhookId, secret), clock.instant().plus(OVERLAP));
        audit.record("webhook.secret", "webhook:" + webhookId, projectId, Map.of());
        return new WithSecret(known(projectId, webhookId), secret);
    }

    /** For good, with its deliveries. */
    @Transactional
    public void remove(long projectId, long webhookId) {
        Webhook before = find(projectId, webhookId);
        webhooks.remove(webhookId);
        audit.record("webhook.removed", "webhook:" + webhookId, projectId, shown(before.settings()));
    }

    /** Sends a message that says nothing but that messages arrive. */
    @Transactional
    public void test(long projectId, long webhookId) {
        active(projectId, webhookId);
        outbox.ping(webhookId);
        webhooks.rest(webhookId, null);
        audit.record("webhook.tested", "webhook:" + webhookId, projectId, Map.of());
    }

    /**
     * What was or is to be delivered, the newest first.
     *
     * @param before the id of the last one seen; 0 to begin
     */
    @Transactional
    public List<Delivery> deliveries(long projectId, long webhookId, Optional<Delivery.State> state, long before, int limit) {
        find(projectId, webhookId);
        return deliveries.of(webhookId, state, before, limit);
    }

    /** @throws OutOfReach if the webhook has no such delivery */
    @Transactional
    public Delivery delivery(long projectId, long webhookId, long deliveryId) {
        find(projectId, webhookId);
        return deliveries.find(webhookId, deliveryId).orElseThrow(WebhookService::noDelivery);
    }

    /** The message as it is sent. */
    @Transactional
    public String body(long projectId, long webhookId, long deliveryId) {
        find(projectId, webhookId);
        return deliveries.body(webhookId, deliveryId).orElseThrow(WebhookService::noDelivery);
    }

    /** Sends one again, under the id it had. */
    @Transactional
    public Delivery replay(long projectId, long webhookId, long deliveryId) {
        active(projectId, webhookId);
        if (!deliveries.replay(webhookId, deliveryId, clock.instant())) {
            throw noDelivery();
        }
        webhooks.rest(webhookId, null);
        audit.record("webhook.replayed", "webhook:" + webhookId, projectId, Map.of("delivery", deliveryId));
        return deliveries.find(webhookId, deliveryId).orElseThrow(WebhookService::noDelivery);
    }

    /** Sends all again that were given up. @return how many */
    @Transactional
    public int replayGivenUp(long projectId, long webhookId) {
        active(projectId, webhookId);
        int again = deliveries.replayGivenUp(webhookId, clock.instant());
        webhooks.rest(webhookId, null);
        audit.record("webhook.replayed", "webhook:" + webhookId, projectId, Map.of("deliveries", again));
        return again;
    }

    private void active(long projectId, long webhookId) {
        if (find(projectId, webhookId).state() != Webhook.State.ACTIVE) {
            throw new Refused("This webhook is paused. Resume it first.");
        }
    }

    private Webhook known(long projectId, long webhookId) {
        return webhooks.find(projectId, webhookId).orElseThrow(() -> new OutOfReach("There is no such webhook."));
    }

    private static ForbiddenException noDelivery() {
        return new OutOfReach("There is no such delivery.");
    }

    private void check(WebhookSettings settings) {
        if (settings.name().isBlank() || settings.name().length() > 80) {
            throw new Refused("A webhook's name has 1 to 80 characters.");
        }
        if (settings.events().isEmpty() || settings.events().contains(WebhookEvent.PING)) {
            throw new Refused("Choose at least one event that the webhook is told.");
        }
        if (settings.url().length() > 2_000) {
            throw new Refused("A webhook's address has at most 2,000 characters.");
        }
        addresses.check(settings.url());
    }

    /** For the audit trail: an address may hold a key of the receiver in its path or query. */
    private static Map<String, ?> shown(WebhookSettings settings) {
        return Map.of("name", settings.name(), "host", settings.url().replaceFirst("(?s)^(https?://[^/?#]+).*", "$1"), "events",
                settings.events().stream().map(WebhookEvent::wireName).collect(Collectors.toCollection(TreeSet::new)), "withTexts", settings.withTexts(),
                "address", Integer.toHexString(settings.url().hashCode()));
    }
}
