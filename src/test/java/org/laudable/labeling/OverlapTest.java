package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.laudable.labeling.LabelingFixture.Team;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** How many people are asked about one item, and when a reviewer decides. */
@QuarkusTest
class OverlapTest {
    @Inject LabelingFixture fixture;
    @Inject Sample sample;

    private Team asked(int people, int items, int overlap, int most) {
        Team team = fixture.asked(people, items, overlap);
        sample.execute("update project set most_annotators = ? where id = ?", most, team.project());
        return team;
    }

    /** The person takes the only question and answers with the class of that number. */
    private long says(Team team, int person, int choice) {
        User user = team.people().get(person);
        long task = fixture.one(team, user).id();
        fixture.label(user, task, team.classes().get(choice));
        return task;
    }

    private boolean nothingFor(Team team, int person) {
        return fixture.lease(team, team.people().get(person), 1).tasks().isEmpty();
    }

    private long reviewed(long task, ReviewReason reason) {
        return sample.number("select count(*) from task where id = ? and state = 'DONE' and review_reason = ?", task, reason.name());
    }

    @Test
    void one_more_person_is_asked_while_the_answers_do_not_agree() {
        Team team = asked(5, 1, 2, 4);
        long task = says(team, 0, 0);
        says(team, 1, 1);
        assertEquals(-1, fixture.resolved(task));
        says(team, 2, 0);
        assertEquals(team.classes().get(0), fixture.resolved(task), "two of three");
        assertTrue(nothingFor(team, 3), "they agree, nobody more is asked");
        assertEquals(3, sample.number("select slots from task where id = ?", task));
        assertEquals(0, fixture.overfilled(team));
    }

    @Test
    void at_the_most_annotators_a_reviewer_decides() {
        Team team = asked(5, 1, 2, 3);
        long task = says(team, 0, 0);
        says(team, 1, 1);
        says(team, 2, 2);
        assertEquals(-1, fixture.resolved(task));
        assertEquals(1, reviewed(task, ReviewReason.DISAGREEMENT));
        assertTrue(nothingFor(team, 3));
        assertEquals(0, fixture.ask(team, Purpose.TRAIN, team.items()), "what waits for a reviewer is not asked again");
    }

    @Test
    void people_who_agree_are_never_joined_by_another() {
        Team team = asked(3, 1, 2, 5);
        long task = says(team, 0, 1);
        says(team, 1, 1);
        assertEquals(team.classes().get(1), fixture.resolved(task));
        assertTrue(nothingFor(team, 2));
    }

    @Test
    void a_team_that_is_used_up_leaves_the_item_to_the_reviewer() {
        Team team = asked(2, 1, 2, 3);
        long task = says(team, 0, 0);
        says(team, 1, 1);
        assertEquals(1, reviewed(task, ReviewReason.DISAGREEMENT), "nobody is left for a third answer");
    }

    @Test
    void an_answer_changed_to_the_other_ends_the_question_without_the_one_who_was_to_be_added() {
        Team team = asked(3, 1, 2, 3);
        long task = says(team, 0, 0);
        says(team, 1, 1);
        fixture.label(team.ben(), task, team.classes().get(0));
        assertEquals(team.classes().get(0), fixture.resolved(task));
        assertTrue(nothingFor(team, 2));
        assertEquals(0, fixture.overfilled(team));
    }

    @Test
    void an_answer_that_came_too_late_takes_the_place_that_is_added() {
        Team team = asked(4, 1, 2, 3);
        long task = fixture.one(team, team.ann()).id();
        fixture.letExpire(team.ann(), task);
        says(team, 1, 0);
        says(team, 2, 0);
        assertTrue(fixture.label(team.ann(), task, team.classes().get(1)).surplus());
        fixture.label(team.ben(), task, team.classes().get(1));
        assertEquals(team.classes().get(1), fixture.resolved(task), "Ben changed his mind, and Ann had said so before");
        assertEquals(0, fixture.overfilled(team));
    }

    @Test
    void only_a_share_of_the_items_gets_the_overlap_but_all_of_the_audit_sample() {
        Team team = fixture.team(2, 40);
        sample.execute("update project set overlap = 3, overlap_percent = 50 where id = ?", team.project());
        fixture.ask(team, Purpose.TRAIN, team.items().subList(0, 30));
        fixture.ask(team, Purpose.AUDIT, team.items().subList(30, 40));
        assertEquals(10, slots(team, "AUDIT", 3));
        long some = slots(team, "TRAIN", 3);
        assertTrue(some > 4 && some < 26, some + " of 30");
        assertEquals(30 - some, slots(team, "TRAIN", 1));
    }

    private long slots(Team team, String purpose, int slots) {
        return sample.number("select count(*) from task where project_id = ? and purpose = ? and slots = ?", team.project(), purpose, slots);
    }

    @Test
    void an_item_everybody_passed_on_waits_for_a_reviewer_until_one_takes_that_back() {
        Team team = asked(2, 1, 1, 1);
        long task = fixture.one(team, team.ann()).id();
        fixture.say(team.ann(), task, AnswerKind.SKIP);
        assertEquals(0, reviewed(task, ReviewReason.SKIPPED), "Ben can be asked");
        fixture.say(team.ben(), fixture.one(team, team.ben()).id(), AnswerKind.SKIP);
        assertEquals(1, reviewed(task, ReviewReason.SKIPPED));
        assertEquals(task, fixture.undo(team.ben(), task).task().orElseThrow().id());
        fixture.label(team.ben(), task, team.classes().get(2));
        assertEquals(team.classes().get(2), fixture.resolved(task));
    }

    @Test
    void a_flagged_item_waits_for_a_reviewer_and_asks_nobody_more() {
        Team team = asked(3, 1, 2, 3);
        long task = says(team, 0, 0);
        fixture.say(team.ben(), fixture.one(team, team.ben()).id(), AnswerKind.FLAG);
        assertEquals(1, reviewed(task, ReviewReason.FLAGGED));
        assertTrue(nothingFor(team, 2));
    }

    @Test
    void a_team_smaller_than_the_overlap_waits_for_one_more_member() {
        Team team = asked(2, 1, 3, 3);
        long task = says(team, 0, 0);
        says(team, 1, 0);
        assertEquals(-1, fixture.resolved(task));
        User third = sample.person("annotator");
        sample.member(team.project(), third, "ANNOTATOR");
        assertEquals(List.of(task), fixture.lease(team, third, 1).tasks().stream().map(TaskView::id).toList());
        assertFalse(fixture.label(third, task, team.classes().get(0)).surplus());
        assertEquals(team.classes().get(0), fixture.resolved(task));
    }
}
