package org.laudable.notification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.laudable.loop.Note;
import org.laudable.loop.RunState;
import org.laudable.loop.Runs;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** Who is told what, and who sees it. */
@QuarkusTest
class NotificationsTest {
    @Inject Notifications notifications;
    @Inject NotificationService mine;
    @Inject NotificationNews news;
    @Inject Runs runs;
    @Inject Sample sample;

    @Test
    void managers_are_told_and_nobody_else() {
        User manager = sample.person("manager");
        User annotator = sample.person("annotator");
        long project = sample.project(manager, "a", "b");
        sample.member(project, annotator, "ANNOTATOR");

        notifications.toManagers(project, NotificationKind.RUN_FAILED, Map.of("note", "The disk is full."));

        Notification told = only(manager);
        assertEquals(NotificationKind.RUN_FAILED, told.kind());
        assertEquals("The disk is full.", told.args().get("note"));
        assertEquals("projects/" + project + "/run", told.path());
        assertEquals(List.of(), of(annotator));
    }

    @Test
    void each_reads_and_clears_only_their_own() {
        User first = sample.person("manager");
        User second = sample.person("manager");
        long project = sample.project(first, "a", "b");
        sample.member(project, second, "MANAGER");
        notifications.toManagers(project, NotificationKind.RUN_FINISHED, Map.of());
        long foreign = only(second).id();

        ActingAs.person(first, () -> mine.markRead(foreign));
        assertEquals(1, ActingAs.person(second, () -> mine.unread()));
        ActingAs.person(first, () -> mine.markAllRead(Long.MAX_VALUE));

        assertEquals(0, ActingAs.person(first, () -> mine.unread()));
        assertEquals(1, ActingAs.person(second, () -> mine.unread()));
        assertEquals(false, only(second).read());
    }

    @Test
    void who_leaves_a_project_sees_nothing_of_it_any_more() {
        User manager = sample.person("manager");
        User annotator = sample.person("annotator");
        long project = sample.project(manager, "a", "b");
        sample.member(project, annotator, "ANNOTATOR");
        notifications.to(annotator.id(), project, NotificationKind.SENT_BACK, Map.of("by", "Rico", "note", "Look again"));
        assertEquals(1, of(annotator).size());

        sample.execute("delete from project_member where account_id = ?", annotator.id());

        assertEquals(List.of(), of(annotator));
        assertEquals(0, ActingAs.person(annotator, () -> mine.unread()));
    }

    @Test
    void what_is_rolled_back_is_told_nobody_and_what_is_committed_is_announced() {
        User manager = sample.person("manager");
        long project = sample.project(manager, "a", "b");
        AtomicInteger heard = new AtomicInteger();
        Runnable unsubscribe = news.subscribe(manager.id(), heard::incrementAndGet);

        assertThrows(IllegalStateException.class, () -> QuarkusTransaction.requiringNew().run(() -> {
            notifications.toManagers(project, NotificationKind.RUN_FINISHED, Map.of());
            throw new IllegalStateException("the step fails");
        }));
        assertEquals(0, heard.get());
        assertEquals(List.of(), of(manager));

        notifications.toManagers(project, NotificationKind.RUN_FINISHED, Map.of());
        assertEquals(1, heard.get());
        unsubscribe.run();
    }

    @Test
    void a_run_tells_of_its_end_its_failure_and_its_pauses_but_not_whoever_paused_it() {
        User manager = sample.person("manager");
        User other = sample.person("manager");
        long project = sample.project(manager, "a", "b");
        sample.member(project, other, "MANAGER");
        long run = runs.insert(project, "{}", manager.id()).orElseThrow();

        ActingAs.person(manager, () -> runs.leave(run, RunState.PAUSED, RunState.LABELING, null));
        runs.leave(run, RunState.FAILED, RunState.TRAINING, Note.of("run.note.quote", "The disk is full."));
        runs.batchReady(run, 1, 25);
        runs.batchReady(run, 2, 50);
        runs.move(run, RunState.FINISHED);

        assertEquals(List.of(NotificationKind.RUN_FINISHED, NotificationKind.BATCH_READY, NotificationKind.RUN_FAILED), kinds(manager));
        assertEquals(List.of(NotificationKind.RUN_FINISHED, NotificationKind.BATCH_READY, NotificationKind.RUN_FAILED,
                NotificationKind.RUN_PAUSED), kinds(other));
        assertEquals("2", of(manager).get(1).args().get("round"));
        assertEquals(Optional.of("run.note.quote"), of(manager).get(2).noteKey());
        assertArrayEquals(new Object[] {"The disk is full."}, of(manager).get(2).noteArguments());
    }

    @Test
    void a_place_outside_the_application_is_not_followed() {
        User manager = sample.person("manager");
        long project = sample.project(manager, "a", "b");
        notifications.toManagers(project, NotificationKind.SENT_BACK, Map.of("path", "https://elsewhere.example"));

        assertEquals("projects/" + project + "/label", only(manager).path());
    }

    private List<NotificationKind> kinds(User user) {
        return of(user).stream().map(Notification::kind).toList();
    }

    private Notification only(User user) {
        List<Notification> all = of(user);
        assertEquals(1, all.size());
        return all.getFirst();
    }

    private List<Notification> of(User user) {
        return ActingAs.person(user, () -> mine.mine(0, 50));
    }
}
