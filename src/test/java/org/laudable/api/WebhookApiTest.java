package org.laudable.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.laudable.client.ApiException;
import org.laudable.client.ApiResponse;
import org.laudable.client.api.WebhooksApi;
import org.laudable.client.model.Webhook;
import org.laudable.client.model.WebhookDelivery;
import org.laudable.client.model.WebhookDeliveryPage;
import org.laudable.client.model.WebhookEvent;
import org.laudable.client.model.WebhookSettings;
import org.laudable.client.model.WebhookState;
import org.laudable.security.TokenAction;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** Webhooks through the client that is generated from the description. */
@QuarkusTest
class WebhookApiTest {
    @Inject Sample sample;
    @Inject Clients clients;

    private WebhooksApi webhooks;
    private User ann;
    private long project;

    @BeforeEach
    void a_manager_with_a_token() {
        ann = sample.person("ann");
        project = sample.project(ann, "fruit", "tool");
        webhooks = new WebhooksApi(clients.of(ann));
    }

    @Test
    void a_secret_is_in_the_first_answer_only_and_kept_nowhere_in_clear() throws ApiException {
        Webhook made = webhooks.addWebhook(project, settings("a"), "key");
        Webhook again = webhooks.addWebhook(project, settings("a"), "key");

        assertTrue(made.getSecret().startsWith("whsec_"));
        assertEquals(made.getId(), again.getId());
        assertNull(again.getSecret());
        assertNull(webhooks.getWebhook(project, made.getId()).getSecret());
        assertEquals(0, sample.number("select count(*) from idempotent_answer where body like '%whsec_%'"));
        String renewed = webhooks.newWebhookSecret(project, made.getId(), "again").getSecret();
        assertNotEquals(made.getSecret(), renewed);
        assertNull(webhooks.newWebhookSecret(project, made.getId(), "again").getSecret());
        assertEquals(0, sample.number("select count(*) from audit_event where project_id = ? and details::text like '%whsec_%'", project));
    }

    @Test
    void it_is_changed_paused_resumed_and_removed() throws ApiException {
        Webhook made = webhooks.addWebhook(project, settings("a"), null);
        ApiResponse<Webhook> read = webhooks.getWebhookWithHttpInfo(project, made.getId());
        String tag = read.getHeaders().get("etag").getFirst();
        assertEquals("b", webhooks.changeWebhook(project, made.getId(), settings("b"), tag).getName());
        refused(412, () -> webhooks.changeWebhook(project, made.getId(), settings("c"), tag));
        refused(428, () -> webhooks.changeWebhook(project, made.getId(), settings("c"), null));
        assertEquals(WebhookState.PAUSED, webhooks.pauseWebhook(project, made.getId()).getState());
        refused(422, () -> webhooks.testWebhook(project, made.getId(), null));
        assertEquals(WebhookState.ACTIVE, webhooks.resumeWebhook(project, made.getId()).getState());
        refused(422, () -> webhooks.addWebhook(project, settings("own").url("https://10.0.0.1/"), null));
        refused(422, () -> webhooks.addWebhook(project, settings("own").url("https://[::ffff:169.254.169.254]/"), null));
        refused(400, () -> webhooks.addWebhook(project, settings("none").events(Set.of()), null));
        webhooks.removeWebhook(project, made.getId());
        assertEquals(List.of(), webhooks.listWebhooks(project).getWebhooks());
        refused(404, () -> webhooks.getWebhook(project, made.getId()));
    }

    @Test
    void deliveries_come_in_pages_and_are_sent_again() throws ApiException {
        Webhook made = webhooks.addWebhook(project, settings("a"), null);
        for (int i = 1; i <= 5; i++) {
            sample.insert("""
                    insert into webhook_delivery (webhook_id, sequence, event, facts, body, state, attempts, created_at, give_up_at, status)
                    values (?, ?, 'run.stopped', 1, '{"n": 1}', 'GIVEN_UP', 30, now(), now(), 500) returning id""", made.getId(), i);
        }
        List<Long> seen = new ArrayList<>();
        String cursor = null;
        do {
            WebhookDeliveryPage page = webhooks.listDeliveries(project, made.getId(), cursor, 2, null);
            page.getDeliveries().forEach(one -> seen.add(one.getSequence()));
            cursor = page.getNext();
        } while (cursor != null);
        assertEquals(List.of(5L, 4L, 3L, 2L, 1L), seen);

        WebhookDelivery first = webhooks.listDeliveries(project, made.getId(), null, 1, null).getDeliveries().getFirst();
        assertEquals(500, first.getStatus());
        webhooks.replayDelivery(first.getId(), project, made.getId(), null);
        assertEquals(4, webhooks.replayGivenUp(project, made.getId(), null).getDeliveries());
        assertEquals(5, webhooks.getWebhook(project, made.getId()).getWaiting());
        refused(404, () -> webhooks.getDelivery(Long.MAX_VALUE, project, made.getId()));
    }

    @Test
    void a_token_that_may_not_read_items_can_neither_read_messages_nor_have_labels_and_texts_sent() throws ApiException {
        Webhook texts = webhooks.addWebhook(project, settings("texts").withTexts(true), null);
        Webhook runs = webhooks.addWebhook(project, settings("runs"), null);
        long delivery = sample.insert("""
                insert into webhook_delivery (webhook_id, sequence, event, facts, body, state, attempts, created_at, give_up_at)
                values (?, 1, 'annotation.created', 1, '{"text": "a pear"}', 'DELIVERED', 1, now(), now()) returning id""", texts.getId());
        WebhooksApi narrow = new WebhooksApi(clients.of(ann, Set.of(TokenAction.MANAGE_PROJECTS)));

        refused(403, () -> narrow.addWebhook(project, settings("mine").withTexts(true), null));
        refused(403, () -> narrow.addWebhook(project, settings("mine").events(Set.of(WebhookEvent.ANNOTATION_CREATED)), null));
        refused(403, () -> narrow.changeWebhook(project, runs.getId(), settings("runs").withTexts(true), tag(runs)));
        refused(403, () -> narrow.changeWebhook(project, texts.getId(), settings("texts").url("http://127.0.0.1:9/mine"), tag(texts)));
        refused(403, () -> narrow.changeWebhook(project, runs.getId(), settings("runs").url("http://127.0.0.1:9/mine"), tag(runs)));
        refused(403, () -> narrow.getDeliveryMessage(delivery, project, texts.getId()));

        assertEquals("ours", narrow.changeWebhook(project, runs.getId(), settings("ours"), tag(runs)).getName());
        assertEquals(delivery, narrow.getDelivery(delivery, project, texts.getId()).getId());
        assertEquals("mine", narrow.addWebhook(project, settings("mine"), null).getName());
        WebhooksApi both = new WebhooksApi(clients.of(ann, Set.of(TokenAction.MANAGE_PROJECTS, TokenAction.READ_ITEMS)));
        assertTrue(both.getDeliveryMessage(delivery, project, texts.getId()).toString().contains("a pear"));
        assertTrue(both.addWebhook(project, settings("mine").withTexts(true), null).getWithTexts());
    }

    private String tag(Webhook webhook) throws ApiException {
        return webhooks.getWebhookWithHttpInfo(project, webhook.getId()).getHeaders().get("etag").getFirst();
    }

    private static WebhookSettings settings(String name) {
        return new WebhookSettings().name(name).url("http://127.0.0.1:9/hook").events(Set.of(WebhookEvent.RUN_STOPPED)).withTexts(false);
    }

    private static void refused(int status, Executable call) {
        assertEquals(status, assertThrows(ApiException.class, call).getCode());
    }
}
