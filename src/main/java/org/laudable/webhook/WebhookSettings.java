package org.laudable.webhook;

import java.util.Set;

/**
 * What a manager says of a webhook.
 *
 * @param events    at least one of {@link WebhookEvent#CHOICES}
 * @param withTexts whether the texts of items go along
 */
public record WebhookSettings(String name, String url, Set<WebhookEvent> events, boolean withTexts) {
    public WebhookSettings {
        events = Set.copyOf(events);
    }
}
