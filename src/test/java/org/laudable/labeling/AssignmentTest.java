package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.labeling.LabelingFixture.Team;
import org.laudable.project.ClassService;
import org.laudable.project.MemberService;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** Who is handed what: pauses, caps, skills and reservations. */
@QuarkusTest
class AssignmentTest {
    @Inject LabelingFixture fixture;
    @Inject Sample sample;
    @Inject Assignment assignment;
    @Inject MemberService members;
    @Inject LabelingService labeling;
    @Inject TaskQueue queue;
    @Inject ClassService classes;

    private void asManager(Team team, Runnable work) {
        ActingAs.person(team.manager(), () -> {
            work.run();
            return null;
        });
    }

    private void limit(Team team, User user, Integer cap, List<Long> skills, List<String> groups) {
        asManager(team, () -> assignment.limit(team.project(), user.id(), cap, skills, groups));
    }

    @Test
    void a_paused_person_gets_nothing_but_may_answer_what_they_hold() {
        Team team = fixture.asked(2, 3, 1);
        long held = fixture.one(team, team.ann()).id();
        asManager(team, () -> assignment.pause(team.project(), team.ann().id()));
        LeaseReply reply = fixture.lease(team, team.ann(), 1);
        assertEquals(DeckState.ON_HOLD, reply.state());
        assertTrue(reply.tasks().isEmpty());
        fixture.label(team.ann(), held, team.classes().get(0));
        assertEquals(team.classes().get(0), fixture.resolved(held));
        assertEquals(DeckState.READY, fixture.lease(team, team.ben(), 1).state(), "Ben goes on");
        asManager(team, () -> assignment.resume(team.project(), team.ann().id()));
        assertEquals(DeckState.READY, fixture.lease(team, team.ann(), 1).state());
    }

    @Test
    void a_day_ends_at_the_cap_and_an_undone_answer_does_not_count() {
        Team team = fixture.asked(1, 10, 1);
        limit(team, team.ann(), 2, List.of(), List.of());
        List<Long> held = fixture.lease(team, team.ann(), 3).tasks().stream().map(TaskView::id).toList();
        assertEquals(2, held.size(), "not more than may be answered");
        held.forEach(task -> fixture.label(team.ann(), task, team.classes().get(0)));
        assertEquals(DeckState.DAY_DONE, fixture.lease(team, team.ann(), 1).state());
        fixture.undo(team.ann(), held.getFirst());
        fixture.label(team.ann(), held.getFirst(), team.classes().get(1));
        assertEquals(DeckState.DAY_DONE, fixture.lease(team, team.ann(), 1).state());
        sample.execute("update annotation set created_at = created_at - interval '25 hours' where project_id = ?", team.project());
        assertEquals(DeckState.READY, fixture.lease(team, team.ann(), 1).state(), "the next day");
    }

    @Test
    void joining_two_classes_counts_against_nobodys_day() {
        Team team = fixture.asked(1, 10, 1);
        long yesterday = fixture.one(team, team.ann()).id();
        fixture.label(team.ann(), yesterday, team.classes().get(0));
        sample.execute("update annotation set created_at = created_at - interval '25 hours' where task_id = ?", yesterday);
        fixture.label(team.ann(), fixture.one(team, team.ann()).id(), team.classes().get(0));
        limit(team, team.ann(), 2, List.of(), List.of());
        asManager(team, () -> classes.merge(team.project(), team.classes().get(0), team.classes().get(1)));
        assertEquals(1, ActingAs.person(team.manager(), () -> assignment.ofMembers(team.project())).get(team.ann().id()).today());
        assertEquals(DeckState.READY, fixture.lease(team, team.ann(), 1).state(), "one of two is given");
    }

    @Test
    void a_person_with_skills_is_asked_about_their_classes_and_about_items_without_a_suggestion() {
        Team team = fixture.team(2, 6);
        List<NewTask> tasks = List.of(task(team, 0, 9, 0), task(team, 1, 8, 1), task(team, 2, 7, null), task(team, 3, 6, 1), task(team, 4, 5, 2));
        queue.enqueue(team.project(), null, null, tasks);
        limit(team, team.ann(), null, List.of(team.classes().get(1)), List.of());
        assertEquals(List.of(team.items().get(1), team.items().get(2), team.items().get(3)), answeredInOrder(team, team.ann(), 5));
        assertEquals(List.of(team.items().get(0), team.items().get(4)), answeredInOrder(team, team.ben(), 5), "nothing starves");
    }

    private NewTask task(Team team, int item, double priority, Integer suggested) {
        return new NewTask(team.items().get(item), Purpose.TRAIN, priority, "why", suggested == null ? null : team.classes().get(suggested), null, null);
    }

    private List<Long> answeredInOrder(Team team, User user, int most) {
        List<Long> items = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            List<TaskView> found = fixture.lease(team, user, 1).tasks();
            if (found.isEmpty()) {
                break;
            }
            items.add(fixture.itemOf(found.getFirst().id()));
            fixture.label(user, found.getFirst().id(), team.classes().get(0));
        }
        return items;
    }

    @Test
    void classes_nobody_is_asked_about_are_named() {
        Team team = fixture.asked(1, 4, 1);
        sample.execute("delete from project_member where project_id = ? and role = 'MANAGER'", team.project());
        sample.member(team.project(), team.manager(), "MANAGER");
        limit(team, team.ann(), null, List.of(team.classes().get(1)), List.of());
        limit(team, team.manager(), null, List.of(team.classes().get(2)), List.of());
        List<UncoveredClass> found = ActingAs.person(team.manager(), () -> assignment.uncovered(team.project()));
        assertEquals(List.of(new UncoveredClass(team.classes().get(0), "apples", 4)), found);
    }

    @Test
    void what_is_reserved_goes_to_that_person_first_and_to_nobody_else() {
        Team team = fixture.asked(2, 3, 1);
        sample.execute("update task set reserved_for = ? where item_id = ?", Reservation.forPerson(team.ben().id()).key(), team.items().get(2));
        assertEquals(List.of(team.items().get(0), team.items().get(1)), answeredInOrder(team, team.ann(), 3));
        assertEquals(List.of(team.items().get(2)), answeredInOrder(team, team.ben(), 3));
    }

    @Test
    void what_is_reserved_for_a_group_goes_to_its_members() {
        Team team = fixture.asked(3, 2, 1);
        limit(team, team.ben(), null, List.of(), List.of("experts"));
        sample.execute("update task set reserved_for = 'group:experts' where project_id = ?", team.project());
        assertTrue(fixture.lease(team, team.ann(), 1).tasks().isEmpty());
        assertEquals(team.items(), answeredInOrder(team, team.ben(), 3));
    }

    @Test
    void a_reservation_ends_when_its_person_is_paused_leaves_or_passes_the_item_on() {
        Team team = fixture.asked(4, 3, 1);
        User cid = team.people().get(2);
        sample.execute("update task set reserved_for = ? where item_id = ?", Reservation.forPerson(team.ann().id()).key(), team.items().get(0));
        sample.execute("update task set reserved_for = ? where item_id = ?", Reservation.forPerson(team.ben().id()).key(), team.items().get(1));
        sample.execute("update task set reserved_for = ? where item_id = ?", Reservation.forPerson(cid.id()).key(), team.items().get(2));
        asManager(team, () -> assignment.pause(team.project(), team.ann().id()));
        asManager(team, () -> members.remove(team.project(), team.ben().id()));
        fixture.say(cid, fixture.one(team, cid).id(), AnswerKind.SKIP);
        Eventually.holds("nothing is reserved", () -> sample.number(
                "select count(*) from task where project_id = ? and reserved_for is not null", team.project()) == 0);
        assertEquals(team.items(), answeredInOrder(team, team.people().get(3), 4));
    }

    @Test
    void an_item_that_only_waits_for_a_paused_person_goes_to_review() {
        Team team = fixture.asked(2, 1, 1);
        long task = fixture.one(team, team.ann()).id();
        fixture.say(team.ann(), task, AnswerKind.SKIP);
        asManager(team, () -> assignment.pause(team.project(), team.ben().id()));
        Eventually.holds("a reviewer decides", () ->
                sample.number("select count(*) from task where id = ? and review_reason = 'SKIPPED'", task) == 1);
    }

    @Test
    void limits_are_a_managers_and_keep_to_bounds() {
        Team team = fixture.asked(2, 1, 1);
        assertThrows(ForbiddenException.class, () -> ActingAs.person(team.ann(), () -> assignment.ofMembers(team.project())));
        assertThrows(Refused.class, () -> limit(team, team.ann(), 0, List.of(), List.of()));
        assertThrows(Refused.class, () -> limit(team, team.ann(), null, fixture.team(1, 0).classes(), List.of()));
        assertThrows(Refused.class, () -> limit(team, sample.person("stranger"), 5, List.of(), List.of()));
    }

    @Test
    void what_waits_is_counted_as_it_would_be_handed_out() {
        Team team = fixture.asked(2, 5, 1);
        sample.execute("update task set reserved_for = ? where item_id = ?", Reservation.forPerson(team.ben().id()).key(), team.items().get(0));
        limit(team, team.ann(), null, List.of(team.classes().get(1)), List.of());
        assertEquals(0, ActingAs.person(team.ann(), () -> labeling.progress(team.project(), Instant.EPOCH)).waiting());
        limit(team, team.ann(), null, List.of(team.classes().get(0)), List.of());
        assertEquals(4, ActingAs.person(team.ann(), () -> labeling.progress(team.project(), Instant.EPOCH)).waiting());
    }
}
