package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.labeling.LabelingFixture.Team;
import org.laudable.testing.Sample;

@QuarkusTest
class AnswerTest {
    @Inject LabelingFixture fixture;
    @Inject Sample sample;
    @Inject Resolutions resolutions;
    @Inject News news;

    /** Hears of resolved items. */
    @ApplicationScoped
    static class News {
        final List<ItemResolved> heard = new CopyOnWriteArrayList<>();

        void hear(@Observes ItemResolved event) {
            heard.add(event);
        }

        long of(long item) {
            return heard.stream().filter(event -> event.itemId() == item).count();
        }
    }

    @Test
    void an_answer_resolves_the_item_and_is_told_after_the_commit() {
        Team team = fixture.asked(1, 1, 1);
        TaskView task = fixture.one(team, team.ann());
        AnswerReceipt receipt = fixture.label(team.ann(), task.id(), team.classes().get(1));
        assertEquals(1, receipt.revision());
        assertFalse(receipt.late());
        assertEquals(team.classes().get(1), fixture.resolved(task.id()));
        assertEquals(1, news.of(team.items().getFirst()));
    }

    @Test
    void none_of_these_resolves_the_item_without_a_class() {
        Team team = fixture.asked(1, 1, 1);
        TaskView task = fixture.one(team, team.ann());
        fixture.say(team.ann(), task.id(), AnswerKind.NONE);
        assertEquals(0, fixture.resolved(task.id()));
    }

    @Test
    void the_same_answer_sent_again_has_the_same_result_and_another_under_its_id_conflicts() {
        Team team = fixture.asked(1, 1, 1);
        fixture.pay(team, "PER_LABEL", 70_000, null);
        TaskView task = fixture.one(team, team.ann());
        Answer answer = LabelingFixture.answer(task.id(), AnswerKind.LABEL, team.classes().get(0));
        AnswerReceipt first = fixture.send(team.ann(), answer);
        assertEquals(first, fixture.send(team.ann(), answer));
        assertEquals(1, sample.number("select count(*) from annotation where task_id = ?", task.id()));
        assertEquals(70_000, fixture.settled(team));
        Answer other = new Answer(answer.clientId(), task.id(), AnswerKind.LABEL, team.classes().get(2), null, 0, Instant.now(), null);
        assertThrows(AnswerConflict.class, () -> fixture.send(team.ann(), other));
        assertEquals(team.classes().get(0), fixture.resolved(task.id()));
    }

    @Test
    void an_expired_lease_returns_the_item_and_keeps_the_late_answer() {
        Team team = fixture.asked(2, 1, 1);
        fixture.pay(team, "PER_LABEL", 70_000, null);
        TaskView task = fixture.one(team, team.ann());
        fixture.letExpire(team.ann(), task.id());
        assertEquals(task.id(), fixture.one(team, team.ben()).id());
        AnswerReceipt late = fixture.label(team.ann(), task.id(), team.classes().get(0));
        assertTrue(late.late());
        assertTrue(late.surplus(), "Ben holds the only slot");
        assertEquals(-1, fixture.resolved(task.id()));
        fixture.label(team.ben(), task.id(), team.classes().get(2));
        assertEquals(team.classes().get(2), fixture.resolved(task.id()));
        assertEquals(2, sample.number("select count(*) from annotation where task_id = ?", task.id()));
        assertEquals(140_000, fixture.settled(team), "both worked");
        assertEquals(0, fixture.overfilled(team));
    }

    @Test
    void a_late_answer_counts_while_its_slot_is_free_even_if_the_task_was_withdrawn() {
        Team team = fixture.asked(1, 1, 1);
        TaskView task = fixture.one(team, team.ann());
        fixture.letExpire(team.ann(), task.id());
        sample.execute("update lease set state = 'EXPIRED' where task_id = ?", task.id());
        sample.execute("update task set state = 'WITHDRAWN', free_slots = 1 where id = ?", task.id());
        AnswerReceipt late = fixture.label(team.ann(), task.id(), team.classes().get(0));
        assertTrue(late.late());
        assertFalse(late.surplus());
        assertEquals(team.classes().get(0), fixture.resolved(task.id()));
    }

    @Test
    void a_late_answer_that_the_cap_cannot_pay_is_kept_unpaid() {
        Team team = fixture.asked(1, 2, 1);
        fixture.pay(team, "PER_LABEL", 100_000, 100_000L);
        TaskView task = fixture.one(team, team.ann());
        fixture.letExpire(team.ann(), task.id());
        TaskView other = fixture.one(team, team.ann());
        fixture.label(team.ann(), other.id(), team.classes().get(0));
        if (other.id() != task.id()) {
            fixture.label(team.ann(), task.id(), team.classes().get(1));
            assertEquals(team.classes().get(1), fixture.resolved(task.id()));
        }
        assertEquals(100_000, fixture.settled(team));
    }

    @Test
    void a_task_that_was_never_handed_to_a_person_takes_no_answer_of_theirs() {
        Team team = fixture.asked(2, 1, 1);
        TaskView task = fixture.one(team, team.ann());
        assertThrows(Refused.class, () -> fixture.label(team.ben(), task.id(), team.classes().get(0)));
    }

    @Test
    void a_class_of_another_project_is_refused() {
        Team team = fixture.asked(1, 1, 1);
        Team other = fixture.team(1, 1);
        TaskView task = fixture.one(team, team.ann());
        assertThrows(Refused.class, () -> fixture.label(team.ann(), task.id(), other.classes().get(0)));
        assertEquals(-1, fixture.resolved(task.id()));
    }

    @Test
    void an_undone_answer_stays_as_history_and_hands_the_task_back() {
        Team team = fixture.asked(2, 1, 1);
        fixture.pay(team, "PER_LABEL", 70_000, 70_000L);
        TaskView task = fixture.one(team, team.ann());
        fixture.label(team.ann(), task.id(), team.classes().get(0));
        assertEquals(70_000, fixture.settled(team));
        UndoReply undone = fixture.undo(team.ann(), task.id());
        assertEquals(task.id(), undone.task().orElseThrow().id());
        assertEquals(-1, fixture.resolved(task.id()));
        assertEquals(0, fixture.settled(team));
        assertEquals(70_000, fixture.reserved(team));
        assertTrue(fixture.lease(team, team.ben(), 1).tasks().isEmpty(), "Ann holds it again");
        AnswerReceipt again = fixture.label(team.ann(), task.id(), team.classes().get(2));
        assertEquals(3, again.revision());
        assertFalse(again.late());
        assertEquals(team.classes().get(2), fixture.resolved(task.id()));
        assertEquals(70_000, fixture.settled(team));
        assertEquals(2, sample.number("select count(*) from resolution where item_id = ?", fixture.itemOf(task.id())));
        assertEquals(0, fixture.overfilled(team));
    }

    @Test
    void fifty_answers_can_be_undone_one_after_the_other() {
        Team team = fixture.asked(1, 50, 1);
        List<Long> answered = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            long task = fixture.one(team, team.ann()).id();
            fixture.label(team.ann(), task, team.classes().get(0));
            answered.add(task);
        }
        answered.reversed().forEach(task -> assertTrue(fixture.undo(team.ann(), task).task().isPresent()));
        assertEquals(0, sample.number("select count(*) from resolution where project_id = ? and superseded_at is null", team.project()));
        assertEquals(0, fixture.overfilled(team));
    }

    @Test
    void there_is_no_undo_without_an_answer_and_none_for_others_answers() {
        Team team = fixture.asked(2, 1, 1);
        TaskView task = fixture.one(team, team.ann());
        assertThrows(Refused.class, () -> fixture.undo(team.ann(), task.id()));
        fixture.label(team.ann(), task.id(), team.classes().get(0));
        assertThrows(Refused.class, () -> fixture.undo(team.ben(), task.id()));
        fixture.undo(team.ann(), task.id());
        assertThrows(Refused.class, () -> fixture.undo(team.ann(), task.id()), "it is undone already");
    }

    @Test
    void a_changed_answer_is_a_new_revision_and_is_paid_once() {
        Team team = fixture.asked(1, 1, 1);
        fixture.pay(team, "PER_LABEL", 70_000, null);
        TaskView task = fixture.one(team, team.ann());
        fixture.label(team.ann(), task.id(), team.classes().get(0));
        AnswerReceipt changed = fixture.label(team.ann(), task.id(), team.classes().get(1));
        assertEquals(2, changed.revision());
        assertFalse(changed.late());
        assertEquals(team.classes().get(1), fixture.resolved(task.id()));
        assertEquals(70_000, fixture.settled(team));
        fixture.undo(team.ann(), task.id());
        assertEquals(0, fixture.settled(team), "undoing takes the first payment back");
    }

    @Test
    void the_majority_decides_and_a_tie_waits_for_a_reviewer() {
        Team team = fixture.asked(4, 2, 2);
        long tie = fixture.one(team, team.ann()).id();
        fixture.label(team.ann(), tie, team.classes().get(0));
        assertEquals(-1, fixture.resolved(tie), "one of two");
        assertEquals(tie, fixture.one(team, team.ben()).id());
        fixture.label(team.ben(), tie, team.classes().get(1));
        assertEquals(-1, fixture.resolved(tie));
        assertEquals(1, sample.number("select count(*) from task where id = ? and state = 'DONE'", tie));
        fixture.label(team.ben(), tie, team.classes().get(0));
        assertEquals(team.classes().get(0), fixture.resolved(tie), "Ben changed his mind");
    }

    @Test
    void an_answer_is_paid_by_active_time_but_never_above_its_reservation() {
        Team team = fixture.asked(1, 2, 1);
        fixture.pay(team, "PER_HOUR", 36_000_000, null);
        long first = fixture.one(team, team.ann()).id();
        fixture.send(team.ann(), new Answer(UUID.randomUUID(), first, AnswerKind.LABEL, team.classes().get(0), null, 5_000, Instant.now(), null));
        assertEquals(50_000, fixture.settled(team));
        long second = fixture.one(team, team.ann()).id();
        fixture.send(team.ann(), new Answer(UUID.randomUUID(), second, AnswerKind.LABEL, team.classes().get(0), null, 86_400_000, Instant.now(), null));
        assertEquals(50_000 + 1_200_000, fixture.settled(team), "120 paid seconds at most");
        assertEquals(360_000, sample.number("select active_millis from annotation where task_id = ?", second));
    }

    @Test
    void a_skip_costs_nothing_per_label() {
        Team team = fixture.asked(1, 1, 1);
        fixture.pay(team, "PER_LABEL", 70_000, null);
        fixture.say(team.ann(), fixture.one(team, team.ann()).id(), AnswerKind.SKIP);
        assertEquals(0, fixture.settled(team));
        assertEquals(0, fixture.reserved(team));
    }

    @Test
    void a_model_replaces_a_models_label_but_never_a_persons() {
        Team team = fixture.asked(1, 2, 1);
        long labeled = fixture.one(team, team.ann()).id();
        fixture.label(team.ann(), labeled, team.classes().get(0));
        long run = sample.number("insert into run (project_id, state, settings) values (?, 'FINISHING', '{}') returning id", team.project());
        List<ResolvedItem> all = team.items().stream().map(item -> new ResolvedItem(item, team.classes().get(2), 0.9f)).toList();
        assertEquals(1, resolutions.assignByModel(team.project(), run, 3, all));
        assertEquals(1, resolutions.assignByModel(team.project(), run, 4, all));
        assertEquals(team.classes().get(0), fixture.resolved(labeled));
        assertEquals(2, sample.number("select count(*) from resolution where item_id = ?", team.items().get(1)));
    }
}
