package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.laudable.dataset.ItemFilter;
import org.laudable.labeling.LabelingFixture.Team;
import org.laudable.security.AccountService;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** How answers to gold items are judged, and what a pause leaves behind. */
@QuarkusTest
class GoldJudgementTest {
    @Inject LabelingFixture fixture;
    @Inject Sample sample;
    @Inject BulkService bulk;
    @Inject GoldService gold;
    @Inject AccountService accounts;
    @Inject LimitRepository limits;

    /** All gold items are of the first class; {@code asked} others wait. */
    private Team test(int people, int known, int asked, int onboarding) {
        Team team = fixture.team(people, known + asked);
        sample.execute("update project set gold_percent = 0, gold_onboarding = ?, gold_pass_percent = 80 where id = ?", onboarding, team.project());
        team.items().subList(0, known).forEach(item ->
                sample.execute("update item set known_class_id = ? where id = ?", team.classes().get(0), item));
        ActingAs.person(team.manager(), () -> bulk.gold(team.project(), ItemFilter.ALL));
        fixture.ask(team, Purpose.TRAIN, team.items().subList(known, known + asked));
        return team;
    }

    private void answerAll(Team team, User user, AnswerKind kind, int choice) {
        for (List<TaskView> next = fixture.lease(team, user, 1).tasks(); !next.isEmpty(); next = fixture.lease(team, user, 1).tasks()) {
            long task = next.getFirst().id();
            if (sample.number("select count(*) from task where id = ? and purpose = 'GOLD'", task) == 0) {
                return;
            }
            fixture.send(user, LabelingFixture.answer(task, kind, kind == AnswerKind.LABEL ? team.classes().get(choice) : null));
        }
    }

    private GoldScore score(Team team) {
        return ActingAs.person(team.manager(), () -> gold.scores(team.project())).get(team.ann().id());
    }

    @Test
    void who_is_paused_already_is_not_paused_again_by_a_question_asked_at_the_same_time() {
        Team team = test(1, 2, 1, 2);
        assertTrue(limits.pauseForGold(team.project(), team.ann().id()));
        assertFalse(limits.pauseForGold(team.project(), team.ann().id()));
        limits.pause(team.project(), team.ann().id(), null);
        assertTrue(limits.pauseForGold(team.project(), team.ann().id()), "working again, they can be paused again");
    }

    @Test
    void a_late_answer_that_comes_after_the_question_was_asked_again_counts_once() {
        Team team = test(1, 2, 1, 2);
        long task = fixture.one(team, team.ann()).id();
        fixture.letExpire(team.ann(), task);
        List<TaskView> again = fixture.lease(team, team.ann(), 2).tasks();
        assertTrue(again.stream().anyMatch(one -> one.id() == task), "it is the same question");
        fixture.label(team.ann(), task, team.classes().get(0));
        fixture.label(team.ann(), task, team.classes().get(0));
        assertEquals(1, score(team).answers());
        assertEquals(1, sample.number("select count(*) from task where item_id = ? and purpose = 'GOLD'", fixture.itemOf(task)));
        assertFalse(score(team).onboarded(), "one of two");
    }

    @Test
    void who_skips_the_whole_test_does_not_pass_it() {
        Team team = test(1, 8, 5, 4);
        answerAll(team, team.ann(), AnswerKind.SKIP, 0);
        assertEquals(DeckState.ON_HOLD, fixture.lease(team, team.ann(), 1).state());
        assertFalse(score(team).onboarded());
    }

    @Test
    void who_flags_the_whole_test_does_not_pass_it() {
        Team team = test(1, 8, 5, 4);
        answerAll(team, team.ann(), AnswerKind.FLAG, 0);
        assertEquals(DeckState.ON_HOLD, fixture.lease(team, team.ann(), 1).state());
    }

    @Test
    void who_skips_one_of_five_and_knows_the_others_passes_at_80_percent() {
        Team team = test(1, 8, 5, 5);
        fixture.say(team.ann(), fixture.one(team, team.ann()).id(), AnswerKind.SKIP);
        answerAll(team, team.ann(), AnswerKind.LABEL, 0);
        assertTrue(score(team).onboarded());
    }

    @Test
    void with_fewer_gold_items_than_the_test_wants_people_are_judged_by_those_there_are() {
        Team failing = test(1, 3, 5, 10);
        answerAll(failing, failing.ann(), AnswerKind.LABEL, 2);
        assertEquals(DeckState.ON_HOLD, fixture.lease(failing, failing.ann(), 1).state());
        Team passing = test(1, 3, 5, 10);
        answerAll(passing, passing.ann(), AnswerKind.LABEL, 0);
        assertEquals(DeckState.READY, fixture.lease(passing, passing.ann(), 1).state());
        Team without = test(1, 0, 5, 10);
        assertEquals(DeckState.READY, fixture.lease(without, without.ann(), 1).state(), "nothing to be judged by");
    }

    @Test
    void a_pause_lets_go_of_what_only_that_person_could_answer_after_the_answer_is_in() {
        Team team = test(2, 4, 2, 2);
        sample.execute("update task set reserved_for = ? where item_id = ?", Reservation.forPerson(team.ann().id()).key(), team.items().get(4));
        answerAll(team, team.ann(), AnswerKind.LABEL, 2);
        assertEquals(DeckState.ON_HOLD, fixture.lease(team, team.ann(), 1).state());
        Eventually.holds("the question is everybody's", () ->
                sample.number("select count(*) from task where item_id = ? and purpose = 'TRAIN' and reserved_for is null", team.items().get(4)) == 1);
    }

    @Test
    void an_anonymised_person_leaves_no_name_in_the_managers_notices() {
        Team team = test(2, 4, 2, 2);
        sample.execute("update account set display_name = 'Wilhelmine Unmistakable' where id = ?", team.ann().id());
        answerAll(team, team.ann(), AnswerKind.LABEL, 2);
        String named = "select count(*) from notification where project_id = ? and args::text like '%Unmistakable%'";
        assertEquals(1, sample.number(named, team.project()), "the manager is told who");
        ActingAs.person(sample.admin("admin"), () -> accounts.anonymise(team.ann().id()));
        assertEquals(0, sample.number(named, team.project()));
        assertEquals(1, sample.number("select count(*) from notification where project_id = ? and args ->> 'person' = ?", team.project(),
                "Person " + team.ann().id()));
    }
}
