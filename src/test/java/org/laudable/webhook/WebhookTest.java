package org.laudable.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.budget.BudgetService;
import org.laudable.budget.Source;
import org.laudable.loop.RunState;
import org.laudable.loop.Runs;
import org.laudable.notification.NotificationKind;
import org.laudable.notification.NotificationService;
import org.laudable.notification.Notifications;
import org.laudable.security.ActingAs;
import org.laudable.security.HandClock;
import org.laudable.security.OutOfReach;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** From what happens in a project to a message at somebody else's program. */
@QuarkusTest
class WebhookTest {
    @Inject WebhookService service;
    @Inject WebhookRepository webhooks;
    @Inject DeliveryRepository deliveries;
    @Inject Gathering gathering;
    @Inject WebhookSecrets secrets;
    @Inject WebhookAddresses addresses;
    @Inject Outbox outbox;
    @Inject Notifications notifications;
    @Inject NotificationService told;
    @Inject Runs runs;
    @Inject BudgetService budget;
    @Inject Vertx vertx;
    @Inject ObjectMapper json;
    @Inject Sample sample;

    private final Receiver receiver = new Receiver();
    private final HandClock clock = new HandClock(Instant.now());
    private User manager;
    private long project;
    private WebhookService.WithSecret hook;
    private Deliverer deliverer;

    @BeforeEach
    void a_webhook_for_everything() {
        manager = sample.person("manager");
        project = sample.project(manager, "fruit", "tool");
        hook = add("all", EnumSet.copyOf(WebhookEvent.CHOICES), false);
        deliverer = new Deliverer(webhooks, deliveries, gathering, secrets, new WebhookPost(addresses, vertx, clock, Duration.ofSeconds(1)), notifications, clock);
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void a_message_is_signed_so_that_the_receiver_can_tell_whose_it_is() throws Exception {
        happens(WebhookEvent.ROUND_FINISHED, Map.of("runId", 5, "round", 2, "labels", 50));
        work();

        Receiver.Request request = receiver.requests().getFirst();
        JsonNode body = json.readTree(request.body());
        assertEquals("round.finished", body.path("event").asText());
        assertEquals(request.header("webhook-id"), body.path("id").asText());
        assertEquals(1, body.path("version").asInt());
        assertEquals(project, body.at("/project/id").asLong());
        assertEquals(2, body.at("/data/0/round").asInt());
        assertEquals("/api/v1/projects/" + project + "/run", body.at("/data/0/link").asText());
        assertEquals(List.of(signature(hook.secret(), request)), List.of(request.header("webhook-signature").split(" ")));
        assertEquals(clock.instant().getEpochSecond(), Long.parseLong(request.header("webhook-timestamp")));
        assertEquals(Delivery.State.DELIVERED, log().getFirst().state());
        assertEquals(Optional.of(204), log().getFirst().status());
    }

    @Test
    void after_a_change_of_secret_both_sign_for_a_day_and_then_the_new_one_alone() throws Exception {
        String old = hook.secret();
        String renewed = ActingAs.person(manager, () -> service.newSecret(project, id())).secret();
        ping();
        clock.advance(Duration.ofHours(25));
        ping();

        assertNotEquals(old, renewed);
        Receiver.Request first = receiver.requests().get(0);
        assertEquals(List.of(signature(renewed, first), signature(old, first)), List.of(first.header("webhook-signature").split(" ")));
        Receiver.Request second = receiver.requests().get(1);
        assertEquals(List.of(signature(renewed, second)), List.of(second.header("webhook-signature").split(" ")));
        assertEquals(0, sample.number("select count(*) from webhook where id = ? and position(convert_to(?, 'UTF8') in secret) > 0", id(), renewed),
                "the secret lies encrypted");
    }

    @Test
    void what_fails_is_tried_again_later_with_the_same_id_and_body() {
        receiver.replies(number -> switch (number) {
            case 1 -> new Receiver.Reply(500, "no room", Map.of(), () -> { });
            case 2 -> new Receiver.Reply(200, "", Map.of(), () -> pause(3));
            default -> Receiver.Reply.of(200);
        });
        happens(WebhookEvent.ROUND_FINISHED, Map.of("round", 1));

        work();
        Delivery failed = log().getFirst();
        assertEquals(Delivery.State.WAITING, failed.state());
        assertEquals(Optional.of(500), failed.status());
        assertEquals(Optional.of("no room"), failed.answer());
        work();
        assertEquals(1, receiver.requests().size(), "not before its time");

        clock.advance(Duration.ofSeconds(13));
        work();
        assertEquals("No complete answer within 1 s", log().getFirst().error().orElseThrow());
        assertTrue(Duration.between(clock.instant(), log().getFirst().nextAt().orElseThrow()).toSeconds() >= 15, "twice as long, but for a fifth");

        clock.advance(Duration.ofSeconds(25));
        work();
        assertEquals(Delivery.State.DELIVERED, log().getFirst().state());
        assertEquals(3, log().getFirst().attempts());
        assertEquals(1, receiver.requests().stream().map(Receiver.Request::body).distinct().count());
        assertEquals(1, receiver.requests().stream().map(request -> request.header("webhook-id")).distinct().count());
        assertEquals(List.of("1", "2", "3"), receiver.requests().stream().map(request -> request.header("laudable-attempt")).toList());
    }

    @Test
    void a_receiver_that_is_not_there_is_tried_for_a_day_and_managers_are_told_once() {
        receiver.close();
        happens(WebhookEvent.ROUND_FINISHED, Map.of("round", 1));
        happens(WebhookEvent.RUN_STOPPED, Map.of("round", 2));
        Instant begin = clock.instant();

        int turns = 0;
        while (log().stream().anyMatch(one -> one.state() == Delivery.State.WAITING) || turns == 0) {
            work();
            clock.advance(Duration.ofMinutes(10));
            assertTrue(++turns < 400, "it is never given up");
        }

        Duration tried = Duration.between(begin, clock.instant());
        assertTrue(tried.toHours() >= 22 && tried.toHours() <= 25, tried.toString());
        assertTrue(log().getFirst().attempts() > 20 && log().getFirst().attempts() < 60, log().getFirst().attempts() + " attempts");
        assertEquals(1, told(NotificationKind.WEBHOOK_GIVEN_UP));
        assertEquals(0, told(NotificationKind.WEBHOOK_PAUSED));
    }

    @Test
    void what_was_given_up_can_be_sent_again_one_or_all() {
        happens(WebhookEvent.ROUND_FINISHED, Map.of("round", 1));
        happens(WebhookEvent.RUN_STOPPED, Map.of("round", 2));
        happens(WebhookEvent.BATCH_COMPLETE, Map.of("round", 3));
        receiver.replies(number -> Receiver.Reply.of(503));
        for (int i = 0; i < 200; i++) {
            work();
            clock.advance(Duration.ofMinutes(20));
        }
        assertEquals(List.of(Delivery.State.GIVEN_UP, Delivery.State.GIVEN_UP, Delivery.State.GIVEN_UP), log().stream().map(Delivery::state).toList());
        UUID before = log().getLast().message();
        receiver.replies(number -> Receiver.Reply.of(200));

        ActingAs.person(manager, () -> service.replay(project, id(), log().getLast().id()));
        work();
        assertEquals(Delivery.State.DELIVERED, log().getLast().state());
        assertEquals(before, log().getLast().message());
        assertEquals(2, ActingAs.person(manager, () -> service.replayGivenUp(project, id())));
        work();
        assertTrue(log().stream().allMatch(one -> one.state() == Delivery.State.DELIVERED));
        assertEquals(1, sample.number("select count(*) from audit_event where project_id = ? and action = 'webhook.replayed' and details ->> 'deliveries' = '2'", project));
    }

    @Test
    void after_three_days_of_failures_it_is_paused_and_managers_are_told() {
        receiver.replies(number -> Receiver.Reply.of(500));
        for (int i = 0; i < 80; i++) {
            happens(WebhookEvent.ROUND_FINISHED, Map.of("round", i));
            work();
            clock.advance(Duration.ofHours(1));
        }

        assertEquals(Webhook.State.FAILED, find().state());
        assertEquals(1, told(NotificationKind.WEBHOOK_PAUSED));
        int sent = receiver.requests().size();
        happens(WebhookEvent.RUN_STOPPED, Map.of("round", 99));
        work();
        assertEquals(sent, receiver.requests().size());
        assertThrows(Refused.class, () -> ActingAs.person(manager, () -> service.test(project, id())));

        receiver.replies(number -> Receiver.Reply.of(200));
        ActingAs.person(manager, () -> service.resume(project, id()));
        work();
        assertTrue(log().stream().noneMatch(one -> one.state() == Delivery.State.WAITING), "what waited is through");
        assertTrue(log().stream().noneMatch(one -> one.event() == WebhookEvent.RUN_STOPPED), "what happened meanwhile was not kept");
    }

    @Test
    void a_success_in_between_begins_the_count_of_failures_anew() {
        for (int i = 0; i < 100; i++) {
            int hour = i;
            receiver.replies(number -> Receiver.Reply.of(hour % 40 == 39 ? 200 : 500));
            happens(WebhookEvent.ROUND_FINISHED, Map.of("round", i));
            work();
            clock.advance(Duration.ofHours(1));
        }

        assertEquals(Webhook.State.ACTIVE, find().state());
    }

    @Test
    void failures_before_a_quiet_time_do_not_count_against_a_webhook_later() {
        receiver.replies(number -> Receiver.Reply.of(500));
        happens(WebhookEvent.ROUND_FINISHED, Map.of("round", 1));
        for (int i = 0; i < 40; i++) {
            work();
            clock.advance(Duration.ofHours(1));
        }
        assertEquals(Delivery.State.GIVEN_UP, log().getFirst().state());

        clock.advance(Duration.ofDays(9));
        happens(WebhookEvent.RUN_STOPPED, Map.of("round", 2));
        work();
        assertEquals(Webhook.State.ACTIVE, find().state());
        assertEquals(1, find().failures());
        assertEquals(Delivery.State.WAITING, log().getFirst().state());

        receiver.replies(number -> Receiver.Reply.of(200));
        clock.advance(Duration.ofMinutes(1));
        work();
        assertEquals(Delivery.State.DELIVERED, log().getFirst().state());
    }

    @Test
    void whose_turn_is_longest_ago_comes_first_and_a_project_has_two_places() {
        List<Long> slow = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            long theirs = sample.project(manager, "a", "b");
            for (int k = 0; k < 3; k++) {
                slow.add(waiting(theirs, clock.instant().minusSeconds(60 + i)));
            }
        }
        long longAgo = waiting(project, clock.instant().minusSeconds(3_600));
        long never = waiting(sample.project(manager, "a", "b"), null);
        List<Long> mine = new ArrayList<>(slow);
        mine.addAll(List.of(longAgo, never));

        List<Long> due = webhooks.due(clock.instant(), 10_000).stream().filter(mine::contains).toList();
        assertEquals(List.of(never, longAgo), due.subList(0, 2), "made last, but theirs is the turn");
        assertEquals(slow.get(9), due.get(2), "then the slow ones, whose turn is longest ago first");
        assertEquals(2 + 4 * 2, due.size());

        webhooks.take(slow.get(0), UUID.randomUUID(), clock.instant()).orElseThrow();
        due = webhooks.due(clock.instant(), 10_000).stream().filter(slow.subList(0, 3)::contains).toList();
        assertEquals(List.of(slow.get(1)), due, "one place is taken");
        webhooks.take(slow.get(1), UUID.randomUUID(), clock.instant()).orElseThrow();
        assertTrue(webhooks.due(clock.instant(), 10_000).stream().noneMatch(slow.subList(0, 3)::contains));
    }

    @Test
    void a_slow_receiver_has_its_turn_for_half_a_minute_and_then_stands_at_the_end() {
        for (int i = 1; i <= 6; i++) {
            happens(i % 2 == 0 ? WebhookEvent.ROUND_FINISHED : WebhookEvent.BATCH_COMPLETE, Map.of("round", i));
        }
        receiver.replies(number -> new Receiver.Reply(200, "", Map.of(), () -> clock.advance(Duration.ofSeconds(10))));
        work();

        assertEquals(3, receiver.requests().size());
        long other = waiting(sample.project(manager, "a", "b"), clock.instant().minusSeconds(1));
        assertEquals(List.of(other, id()), webhooks.due(clock.instant(), 10_000).stream().filter(List.of(other, id())::contains).toList());
        work();
        assertEquals(6, receiver.requests().size());
    }

    @Test
    void webhooks_at_one_host_do_not_wait_for_each_other() throws Exception {
        CountDownLatch together = new CountDownLatch(DeliveryWatch.AT_A_TIME);
        receiver.replies(number -> new Receiver.Reply(200, "", Map.of(), () -> {
            together.countDown();
            await(together);
        }));
        deliverer = new Deliverer(webhooks, deliveries, gathering, secrets, new WebhookPost(addresses, vertx, clock, Duration.ofMinutes(1)), notifications, clock);
        List<Long> ids = new ArrayList<>(List.of(id()));
        while (ids.size() < DeliveryWatch.AT_A_TIME) {
            ids.add(add("more", Set.of(WebhookEvent.ROUND_FINISHED), false).webhook().id());
        }
        happens(WebhookEvent.ROUND_FINISHED, Map.of("round", 1));
        List<Thread> workers = ids.stream().map(id -> Thread.ofVirtual().start(() -> deliverer.work(id))).toList();
        for (Thread worker : workers) {
            worker.join();
        }

        assertEquals(DeliveryWatch.AT_A_TIME, receiver.requests().size());
        assertEquals(0, sample.number("""
                select count(*) from webhook_delivery d join webhook w on w.id = d.webhook_id
                where w.project_id = ? and (d.state <> 'DELIVERED' or d.attempts <> 1)""", project));
    }

    @Test
    void messages_come_in_the_order_of_what_happened() throws Exception {
        for (int i = 1; i <= 12; i++) {
            happens(i % 2 == 0 ? WebhookEvent.ROUND_FINISHED : WebhookEvent.BATCH_COMPLETE, Map.of("round", i));
        }
        work();

        List<Integer> rounds = new ArrayList<>();
        for (Receiver.Request request : receiver.requests()) {
            rounds.add(json.readTree(request.body()).at("/data/0/round").asInt());
        }
        assertEquals(IntStream.rangeClosed(1, 12).boxed().toList(), rounds);
        assertEquals(IntStream.rangeClosed(1, 12).mapToObj(Long::valueOf).toList(), log().reversed().stream().map(Delivery::sequence).toList());
    }

    @Test
    void what_is_rolled_back_is_told_nobody() {
        QuarkusTransaction.begin();
        outbox.add(project, WebhookEvent.ROUND_FINISHED, Map.of("round", 1));
        answer(sample.items(project, List.of("a pear")).getFirst());
        QuarkusTransaction.rollback();
        work();

        assertEquals(List.of(), log());
        assertThrows(RuntimeException.class, () -> outbox.add(project, WebhookEvent.ROUND_FINISHED, Map.of("round", 1)), "never outside a transaction");
    }

    @Test
    void a_process_that_dies_while_it_sends_leaves_the_message_to_the_next() {
        happens(WebhookEvent.ROUND_FINISHED, Map.of("round", 1));
        WebhookRepository.Sender dying = webhooks.take(id(), UUID.randomUUID(), clock.instant()).orElseThrow();
        gathering.gather(dying, clock.instant());
        QuarkusTransaction.requiringNew().run(() -> deliveries.begin(id(), clock.instant()).orElseThrow());

        work();
        assertEquals(0, receiver.requests().size(), "the row is held for as long as an attempt can take");

        sample.execute("update webhook set busy_until = clock_timestamp() - interval '1 second' where id = ?", id());
        work();
        assertEquals(1, receiver.requests().size());
        assertEquals(2, log().getFirst().attempts());
        assertEquals(Delivery.State.DELIVERED, log().getFirst().state());
    }

    @Test
    void two_workers_never_send_the_same_at_once() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        receiver.replies(number -> new Receiver.Reply(200, "", Map.of(), () -> {
            arrived.countDown();
            await(go);
        }));
        deliverer = new Deliverer(webhooks, deliveries, gathering, secrets, new WebhookPost(addresses, vertx, clock, Duration.ofMinutes(2)), notifications, clock);
        happens(WebhookEvent.ROUND_FINISHED, Map.of("round", 1));
        Thread first = Thread.ofVirtual().start(this::work);
        await(arrived);
        happens(WebhookEvent.RUN_STOPPED, Map.of("round", 2));

        work();
        assertEquals(1, receiver.requests().size(), "the second worker leaves it to the first");
        go.countDown();
        first.join();
        work();

        assertEquals(List.of("round.finished", "run.stopped"), receiver.requests().stream().map(request -> request.header("laudable-event")).toList());
        assertTrue(log().stream().allMatch(one -> one.attempts() == 1 && one.state() == Delivery.State.DELIVERED));
    }

    @Test
    void many_answers_go_together_and_only_their_ids() throws Exception {
        List<Long> items = sample.items(project, IntStream.range(0, 250).mapToObj(i -> "a secret pear " + i).toList());
        items.forEach(this::answer);
        work();

        assertEquals(List.of(100, 100, 50), log().reversed().stream().map(Delivery::facts).toList());
        JsonNode first = json.readTree(receiver.requests().getFirst().body());
        assertEquals("annotation.created", first.path("event").asText());
        assertEquals(items.getFirst(), first.at("/data/0/itemId").asLong());
        assertEquals("fruit", first.at("/data/0/label").asText());
        assertEquals("LABEL", first.at("/data/0/kind").asText());
        assertFalse(receiver.requests().stream().anyMatch(request -> request.body().contains("secret pear")));
    }

    @Test
    void texts_go_along_where_a_manager_chose_so() throws Exception {
        hook = add("texts", Set.of(WebhookEvent.ANNOTATION_CREATED), true);
        answer(sample.items(project, List.of("a ripe pear")).getFirst());
        work();

        assertEquals("a ripe pear", json.readTree(receiver.requests().getFirst().body()).at("/data/0/text").asText());
    }

    @Test
    void long_texts_are_cut_and_a_message_ends_where_it_would_become_too_large() throws Exception {
        hook = add("texts", Set.of(WebhookEvent.ANNOTATION_CREATED), true);
        List<Long> items = sample.items(project, IntStream.range(0, 40)
                .mapToObj(i -> i + (i == 39 ? "\u00e4".repeat(90_000) : " a pear".repeat(1_500 + i))).toList());
        items.forEach(this::answer);
        work();

        List<Long> told = new ArrayList<>();
        JsonNode last = null;
        for (Receiver.Request request : receiver.requests()) {
            assertTrue(request.body().getBytes(StandardCharsets.UTF_8).length < Gathering.MOST_BYTES + 1_000, request.body().length() + " characters");
            for (JsonNode fact : json.readTree(request.body()).path("data")) {
                told.add(fact.path("itemId").asLong());
                assertEquals(fact.path("itemId").asLong() == items.getLast(), fact.has("textCut"));
                last = fact;
            }
        }
        assertEquals(items, told, "each once, in order");
        assertTrue(receiver.requests().size() >= 2 && receiver.requests().size() <= 4, receiver.requests().size() + " messages");
        assertEquals(("39" + "\u00e4".repeat(90_000)).substring(0, 20_000), last.path("text").asText());
        assertTrue(last.path("textCut").asBoolean());
    }

    @Test
    void rounds_runs_and_caps_are_told_where_they_come_true() {
        sample.execute("update project set cap_micros = 1000000, rate_kind = 'PER_LABEL', rate_micros = 1000000 where id = ?", project);
        long run = sample.insert("insert into run (project_id, state, settings) values (?, 'LABELING', '{}') returning id", project);
        runs.batchComplete(run, 1);
        runs.batchReady(run, 1, 25);
        runs.leave(run, RunState.FAILED, RunState.TRAINING, null);
        runs.move(run, RunState.LABELING);
        runs.move(run, RunState.STOPPED);
        budget.settle(budget.reserve(project, Source.PERSON, null, null, 1_000_000).orElseThrow(), 1_000_000);
        work();

        assertEquals(List.of("batch.complete", "round.finished", "run.stopped", "cap.reached"),
                receiver.requests().stream().map(request -> request.header("laudable-event")).toList());
        assertEquals(2, log().get(1).facts(), "failed and stopped");
    }

    @Test
    void a_webhook_is_told_what_it_is_for_and_nothing_of_other_projects() {
        hook = add("rounds", Set.of(WebhookEvent.ROUND_FINISHED), false);
        long other = sample.project(manager, "a", "b");
        happens(WebhookEvent.RUN_STOPPED, Map.of());
        QuarkusTransaction.requiringNew().run(() -> outbox.add(other, WebhookEvent.ROUND_FINISHED, Map.of()));
        happens(WebhookEvent.ROUND_FINISHED, Map.of());
        work();

        assertEquals(List.of("round.finished"), receiver.requests().stream().map(request -> request.header("laudable-event")).toList());
        assertThrows(OutOfReach.class, () -> ActingAs.person(manager, () -> service.find(other, id())));
        assertThrows(OutOfReach.class, () -> ActingAs.person(manager, () -> service.delivery(project, id(), Long.MAX_VALUE)));
    }

    @Test
    void deliveries_are_kept_for_thirty_days() {
        ping();
        clock.advance(Duration.ofDays(29));
        deliveries.clean(clock.instant());
        assertEquals(1, log().size());

        clock.advance(Duration.ofDays(2));
        deliveries.clean(clock.instant());
        assertEquals(0, log().size());
    }

    @Test
    void an_address_of_this_servers_own_network_is_refused_when_it_is_entered() {
        assertTrue(assertThrows(Refused.class, () -> add("own", "https://169.254.169.254/latest", Set.of(WebhookEvent.RUN_STOPPED))).getMessage().contains("not allowed"));
    }

    private WebhookService.WithSecret add(String name, Set<WebhookEvent> events, boolean texts) {
        return ActingAs.person(manager, () -> service.add(project, new WebhookSettings(name, receiver.url(), events, texts)));
    }

    private void add(String name, String url, Set<WebhookEvent> events) {
        ActingAs.person(manager, () -> service.add(project, new WebhookSettings(name, url, events, false)));
    }

    private long id() {
        return hook.webhook().id();
    }

    private Webhook find() {
        return ActingAs.person(manager, () -> service.find(project, id()));
    }

    private List<Delivery> log() {
        return ActingAs.person(manager, () -> service.deliveries(project, id(), Optional.empty(), 0, 1_000));
    }

    private long told(NotificationKind kind) {
        return ActingAs.person(manager, () -> told.mine(0, 50)).stream().filter(one -> one.kind() == kind).count();
    }

    private void happens(WebhookEvent event, Map<String, ?> fact) {
        QuarkusTransaction.requiringNew().run(() -> outbox.add(project, event, fact));
    }

    /** A webhook with something to send. */
    private long waiting(long in, Instant attempted) {
        long id = sample.insert("insert into webhook (project_id, name, url, events) values (?, 'x', ?, '{run.stopped}') returning id", in, receiver.url());
        sample.execute("update webhook set attempted_at = ?::timestamptz where id = ?", attempted == null ? null : attempted.toString(), id);
        sample.insert("insert into webhook_event (webhook_id, event, data) values (?, 'run.stopped', '{}') returning id", id);
        return id;
    }

    private void ping() {
        ActingAs.person(manager, () -> service.test(project, id()));
        work();
    }

    private void work() {
        deliverer.work(id());
    }

    private void answer(long item) {
        long task = sample.insert("insert into task (project_id, item_id, purpose, priority, reason) values (?, ?, 'TRAIN', 1, '') returning id", project, item);
        sample.insert("""
                insert into annotation (client_id, task_id, item_id, project_id, account_id, revision, kind, class_id, answered_at)
                values (gen_random_uuid(), ?, ?, ?, ?, 1, 'LABEL', ?, now()) returning id""", task, item, project, manager.id(), sample.classIds(project).getFirst());
    }

    /** What the header must be, computed as the guide says. */
    private static String signature(String secret, Receiver.Request request) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
        String signed = request.header("webhook-id") + "." + request.header("webhook-timestamp") + "." + request.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(3, TimeUnit.MINUTES));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Longer than the sender waits. */
    private static void pause(int seconds) {
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos());
    }
}
