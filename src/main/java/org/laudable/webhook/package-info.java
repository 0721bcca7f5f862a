/**
 * Other programs are told what happens in a project. {@link org.laudable.webhook.Outbox} takes facts in the transaction in
 * which they become true; {@code Deliverer} makes deliveries of them and posts these, at least once, in order while all goes
 * well; {@link org.laudable.webhook.WebhookService} is what managers see and change.
 */
package org.laudable.webhook;
