package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.laudable.labeling.LabelingFixture.Team;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

@QuarkusTest
class LeaseTest {
    @Inject LabelingFixture fixture;
    @Inject LabelingService labeling;
    @Inject LeaseSweeper sweeper;
    @Inject TaskQueue queue;
    @Inject Sample sample;

    @Test
    void people_who_answer_at_the_same_time_share_out_every_slot_exactly_once() throws Exception {
        int people = 8;
        int overlap = 2;
        Team team = fixture.asked(people, 60, overlap);
        Map<Long, List<Long>> answeredBy = new ConcurrentHashMap<>();
        List<Callable<Void>> work = team.people().stream().<Callable<Void>>map(user -> () -> {
            int idle = 0;
            UUID deck = UUID.randomUUID();
            while (idle < 20) {
                List<TaskView> tasks = fixture.lease(team, user, deck, 3).tasks();
                idle = tasks.isEmpty() ? idle + 1 : 0;
                for (TaskView task : tasks) {
                    answeredBy.computeIfAbsent(task.id(), id -> java.util.Collections.synchronizedList(new ArrayList<>()))
                            .add(user.id());
                    fixture.label(user, task.id(), team.classes().getFirst());
                }
            }
            return null;
        }).toList();
        try (var threads = Executors.newFixedThreadPool(people)) {
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        }
        assertEquals(60, answeredBy.size());
        answeredBy.forEach((task, users) -> {
            assertEquals(overlap, users.size(), "answers to task " + task);
            assertEquals(overlap, new HashSet<>(users).size(), "different people for task " + task);
        });
        assertEquals(60, sample.number("select count(*) from task where project_id = ? and state = 'DONE'", team.project()));
        assertEquals(0, sample.number("select count(*) from annotation where project_id = ? and (late or surplus)", team.project()));
        assertEquals(0, fixture.overfilled(team));
    }

    @Test
    void the_best_tasks_come_first_and_at_most_three_ahead() {
        Team team = fixture.asked(1, 10, 1);
        List<TaskView> tasks = fixture.lease(team, team.ann(), 10).tasks();
        assertEquals(List.of("fruit number 0", "fruit number 1", "fruit number 2"), tasks.stream().map(TaskView::text).toList());
        LeaseReply more = ActingAs.person(team.ann(), () -> labeling.lease(new LeaseWish(team.project(), UUID.randomUUID(), 3, 2,
                tasks.stream().map(TaskView::id).toList())));
        assertEquals(1, more.tasks().size());
    }

    @Test
    void when_tasks_are_fewer_than_people_each_gets_one() {
        Team team = fixture.asked(4, 6, 1);
        fixture.lease(team, team.people().get(0), 1);
        fixture.lease(team, team.people().get(1), 1);
        fixture.lease(team, team.people().get(2), 1);
        assertEquals(1, fixture.lease(team, team.people().get(3), 3).tasks().size());
    }

    @Test
    void an_expired_lease_returns_the_task_to_others_and_its_money_to_the_budget() {
        Team team = fixture.asked(2, 1, 1);
        fixture.pay(team, "PER_LABEL", 50_000, 1_000_000L);
        TaskView task = fixture.one(team, team.ann());
        assertEquals(50_000, fixture.reserved(team));
        assertTrue(fixture.lease(team, team.ben(), 1).tasks().isEmpty());
        fixture.letExpire(team.ann(), task.id());
        assertEquals(task.id(), fixture.one(team, team.ben()).id());
        assertEquals(50_000, fixture.reserved(team));
        assertEquals(1, sample.number("select count(*) from lease where task_id = ? and state = 'EXPIRED'", task.id()));
    }

    @Test
    void the_timer_ends_expired_leases_where_nobody_asks() {
        Team team = fixture.asked(1, 1, 1);
        TaskView task = fixture.one(team, team.ann());
        fixture.letExpire(team.ann(), task.id());
        sweeper.sweep();
        assertEquals(1, sample.number("select free_slots from task where id = ?", task.id()));
    }

    @Test
    void a_renewed_lease_goes_on() {
        Team team = fixture.asked(2, 1, 1);
        TaskView task = fixture.one(team, team.ann());
        fixture.letExpire(team.ann(), task.id());
        List<RenewedLease> renewed = ActingAs.person(team.ann(), () -> labeling.renew(team.project(), List.of(task.id(), -1L)));
        assertEquals(List.of(task.id()), renewed.stream().map(RenewedLease::taskId).toList());
        assertTrue(fixture.lease(team, team.ben(), 1).tasks().isEmpty());
    }

    @Test
    void a_closed_deck_gives_its_tasks_back_and_frees_their_money() {
        Team team = fixture.asked(2, 3, 1);
        fixture.pay(team, "PER_HOUR", 18_000_000, null);
        List<Long> held = fixture.lease(team, team.ann(), 3).tasks().stream().map(TaskView::id).toList();
        assertEquals(3 * 600_000, fixture.reserved(team));
        ActingAs.person(team.ben(), () -> labeling.giveBack(held));
        assertEquals(3 * 600_000, fixture.reserved(team), "another person cannot give them back");
        ActingAs.person(team.ann(), () -> labeling.giveBack(held));
        assertEquals(0, fixture.reserved(team));
        assertEquals(held, fixture.lease(team, team.ben(), 3).tasks().stream().map(TaskView::id).toList());
    }

    @Test
    void a_reloaded_deck_gets_its_tasks_again_but_a_second_living_page_does_not() {
        Team team = fixture.asked(1, 3, 1);
        UUID deck = UUID.randomUUID();
        List<Long> held = fixture.lease(team, team.ann(), deck, 3).tasks().stream().map(TaskView::id).toList();
        assertEquals(3, held.size());
        assertTrue(fixture.lease(team, team.ann(), UUID.randomUUID(), 3).tasks().isEmpty());
        assertEquals(new HashSet<>(held),
                new HashSet<>(fixture.lease(team, team.ann(), deck, 3).tasks().stream().map(TaskView::id).toList()));
        sample.execute("update lease set renewed_at = now() - interval '2 minutes' where account_id = ?", team.ann().id());
        assertEquals(3, fixture.lease(team, team.ann(), UUID.randomUUID(), 3).tasks().size(), "the other page died");
    }

    @Test
    void who_answered_an_item_is_not_asked_about_it_again() {
        Team team = fixture.asked(2, 1, 2);
        fixture.label(team.ann(), fixture.one(team, team.ann()).id(), team.classes().get(0));
        assertTrue(fixture.lease(team, team.ann(), 1).tasks().isEmpty());
        assertEquals(1, fixture.lease(team, team.ben(), 1).tasks().size());
    }

    @Test
    void a_skipped_task_goes_to_others_only() {
        Team team = fixture.asked(2, 1, 1);
        TaskView task = fixture.one(team, team.ann());
        fixture.say(team.ann(), task.id(), AnswerKind.SKIP);
        assertTrue(fixture.lease(team, team.ann(), 1).tasks().isEmpty());
        assertEquals(task.id(), fixture.one(team, team.ben()).id());
    }

    @Test
    void the_first_ten_questions_are_audit_items_then_every_fourth() {
        Team team = fixture.team(1, 60);
        fixture.ask(team, Purpose.TRAIN, team.items().subList(0, 30));
        fixture.ask(team, Purpose.AUDIT, team.items().subList(30, 60));
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < 26; i++) {
            long task = fixture.one(team, team.ann()).id();
            order.append(sample.number("select count(*) from task where id = ? and purpose = 'AUDIT'", task) == 1 ? 'A' : 't');
            fixture.label(team.ann(), task, team.classes().get(0));
        }
        assertEquals("AAAAAAAAAAAtttAtttAtttAttt", order.toString());
    }

    @Test
    void without_audit_items_training_items_are_handed_out_and_the_other_way_round() {
        Team training = fixture.asked(1, 2, 1);
        assertEquals(2, fixture.lease(training, training.ann(), 3).tasks().size());
        Team audit = fixture.team(1, 2);
        fixture.ask(audit, Purpose.AUDIT, audit.items());
        assertEquals(2, fixture.lease(audit, audit.ann(), 3).tasks().size());
    }

    @Test
    void an_audit_task_looks_like_any_other() {
        Team team = fixture.team(1, 2);
        fixture.ask(team, Purpose.AUDIT, team.items().subList(0, 1));
        fixture.ask(team, Purpose.TRAIN, team.items().subList(1, 2));
        List<TaskView> tasks = fixture.lease(team, team.ann(), 2).tasks();
        assertEquals(2, tasks.size());
        assertEquals(tasks.get(0).reason(), tasks.get(1).reason());
        assertEquals(tasks.get(0).suggestion(), tasks.get(1).suggestion());
        assertTrue(java.util.Arrays.stream(TaskView.class.getRecordComponents()).noneMatch(part -> part.getType() == Purpose.class));
    }

    @Test
    void a_reached_cap_hands_out_as_much_as_it_covers_then_says_so() {
        Team team = fixture.asked(1, 5, 1);
        fixture.pay(team, "PER_LABEL", 100_000, 250_000L);
        LeaseReply some = fixture.lease(team, team.ann(), 3);
        assertEquals(2, some.tasks().size());
        assertTrue(some.capReached());
        fixture.label(team.ann(), some.tasks().get(0).id(), team.classes().get(0));
        fixture.label(team.ann(), some.tasks().get(1).id(), team.classes().get(0));
        assertEquals(200_000, fixture.settled(team));
        LeaseReply none = fixture.lease(team, team.ann(), 3);
        assertEquals(DeckState.CAP_REACHED, none.state());
        assertEquals(0, fixture.reserved(team));
    }

    @Test
    void a_paused_run_hands_out_nothing() {
        Team team = fixture.asked(1, 5, 1);
        sample.execute("insert into run (project_id, state, settings) values (?, 'PAUSED', '{}')", team.project());
        LeaseReply reply = fixture.lease(team, team.ann(), 3);
        assertEquals(DeckState.PAUSED, reply.state());
        assertTrue(reply.tasks().isEmpty());
    }

    @Test
    void a_stranger_gets_nothing_from_a_project() {
        Team team = fixture.asked(1, 1, 1);
        User stranger = sample.person("stranger");
        assertThrows(ForbiddenException.class, () -> fixture.lease(team, stranger, 1));
        TaskView task = fixture.one(team, team.ann());
        assertThrows(ForbiddenException.class, () -> fixture.label(stranger, task.id(), team.classes().get(0)));
    }

    @Test
    void the_queue_takes_an_item_once_and_never_one_that_people_resolved() {
        Team team = fixture.asked(1, 3, 1);
        assertEquals(0, fixture.ask(team, Purpose.TRAIN, team.items()));
        TaskView task = fixture.one(team, team.ann());
        fixture.label(team.ann(), task.id(), team.classes().get(0));
        assertEquals(0, fixture.ask(team, Purpose.TRAIN, team.items()));
        TaskView held = fixture.one(team, team.ann());
        assertEquals(1, queue.withdrawUnheld(team.project(), Purpose.TRAIN), "only the one nobody holds");
        assertEquals(1, queue.open(team.project(), Purpose.TRAIN));
        fixture.say(team.ann(), held.id(), AnswerKind.FLAG);
        assertEquals(1, fixture.ask(team, Purpose.TRAIN, team.items()), "a flagged item waits for a reviewer");
    }

    @Test
    void demand_grows_with_the_people_at_work() {
        Team team = fixture.asked(4, 40, 1);
        sample.execute("update project set batch_size = 20 where id = ?", team.project());
        assertEquals(20, queue.demand(team.project()));
        team.people().forEach(user -> fixture.lease(team, user, 1));
        assertEquals(3 * 4 * TaskQueue.PREFETCH, queue.demand(team.project()));
    }
}
