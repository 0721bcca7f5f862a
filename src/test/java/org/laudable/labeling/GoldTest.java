package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.laudable.dataset.ItemFilter;
import org.laudable.labeling.LabelingFixture.Team;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** Items with known answers among the questions: who is measured, and what comes of it. */
@QuarkusTest
class GoldTest {
    @Inject LabelingFixture fixture;
    @Inject Sample sample;
    @Inject BulkService bulk;
    @Inject GoldService gold;
    @Inject Assignment assignment;

    /** The first {@code known} items are gold with the first class, by their file; the others are asked. */
    private Team team(int people, int known, int asked, int percent, int onboarding) {
        Team team = fixture.team(people, known + asked);
        sample.execute("update project set gold_percent = ?, gold_onboarding = ?, gold_pass_percent = 80 where id = ?", percent, onboarding,
                team.project());
        team.items().subList(0, known).forEach(item ->
                sample.execute("update item set known_class_id = ? where id = ?", team.classes().get(0), item));
        BulkAction made = ActingAs.person(team.manager(), () -> bulk.gold(team.project(), ItemFilter.ALL));
        assertEquals(known, made.changed());
        assertEquals(asked, made.skipped());
        fixture.ask(team, Purpose.TRAIN, team.items().subList(known, known + asked));
        return team;
    }

    private boolean isGold(long task) {
        return sample.number("select count(*) from task where id = ? and purpose = 'GOLD'", task) == 1;
    }

    private GoldScore score(Team team, User user) {
        return ActingAs.person(team.manager(), () -> gold.scores(team.project())).get(user.id());
    }

    /** Answers up to so many questions: real ones with the second class, gold ones with the first or, if wrong, the third. */
    private int answer(Team team, User user, int most, boolean wrong) {
        int golds = 0;
        for (int i = 0; i < most; i++) {
            List<TaskView> next = fixture.lease(team, user, 1).tasks();
            if (next.isEmpty()) {
                break;
            }
            long task = next.getFirst().id();
            boolean known = isGold(task);
            fixture.label(user, task, team.classes().get(known ? wrong ? 2 : 0 : 1));
            golds += known ? 1 : 0;
        }
        return golds;
    }

    private DeckState state(Team team, User user) {
        return fixture.lease(team, user, 1).state();
    }

    private long told(User user, String kind) {
        return sample.number("select count(*) from notification where account_id = ? and kind = ?", user.id(), kind);
    }

    @Test
    void gold_items_are_mixed_in_at_their_share_each_once_and_label_nothing() {
        Team team = team(1, 60, 140, 20, 0);
        int golds = answer(team, team.ann(), 140, false);
        assertTrue(golds >= 14 && golds <= 44, golds + " of 140 at 20 %");
        assertEquals(golds, sample.number("select count(distinct item_id) from task where project_id = ? and purpose = 'GOLD'", team.project()));
        assertEquals(140 - golds, sample.number("select count(*) from resolution where project_id = ?", team.project()));
        assertEquals(golds, score(team, team.ann()).right());
        assertEquals(golds, score(team, team.ann()).answers());
        assertEquals(0, fixture.overfilled(team));
    }

    @Test
    void gold_items_are_never_handed_out_alone() {
        Team team = team(1, 10, 1, 50, 0);
        answer(team, team.ann(), 30, false);
        assertTrue(fixture.lease(team, team.ann(), 3).tasks().isEmpty(), "nothing is left to mix them with");
        assertTrue(sample.number("select count(*) from task where project_id = ? and purpose = 'GOLD' and state = 'DONE'", team.project()) < 10);
    }

    @Test
    void reviewers_take_back_no_choice_of_gold_items() {
        Team team = team(1, 3, 1, 50, 0);
        User reviewer = sample.person("reviewer");
        sample.member(team.project(), reviewer, "REVIEWER");
        BulkAction made = ActingAs.person(team.manager(), () -> bulk.newest(team.project())).orElseThrow();
        assertThrows(ForbiddenException.class, () -> ActingAs.person(reviewer, () -> bulk.undo(made.id())));
        assertEquals(3, sample.number("select count(*) from gold where project_id = ?", team.project()));
    }

    @Test
    void a_gold_question_shows_nothing_that_others_do_not() {
        Team team = team(1, 5, 20, 50, 0);
        sample.execute("insert into prediction (item_id, project_id, run_id, model_version, class_id, confidence, margin) select id, project_id, 0, 3, ?, 0.7, 0.1 from item where project_id = ?",
                team.classes().get(0), team.project());
        for (int i = 0; i < 10; i++) {
            TaskView view = fixture.one(team, team.ann());
            assertEquals("two classes within 3 %", view.reason());
            assertEquals(team.classes().get(0), view.suggestion().classId());
            assertEquals(0.7f, view.suggestion().confidence());
            fixture.label(team.ann(), view.id(), team.classes().get(0));
        }
    }

    @Test
    void the_first_questions_are_a_test_and_who_passes_goes_on_to_real_work() {
        Team team = team(1, 8, 5, 0, 5);
        assertEquals(5, answer(team, team.ann(), 5, false), "gold first");
        assertEquals(0, answer(team, team.ann(), 5, false), "then real work only");
        assertTrue(score(team, team.ann()).onboarded());
        assertEquals(5, sample.number("select count(*) from resolution where project_id = ?", team.project()));
    }

    @Test
    void real_work_waits_until_the_test_is_answered() {
        Team team = team(1, 8, 5, 0, 4);
        List<TaskView> held = fixture.lease(team, team.ann(), 3).tasks();
        held = held.size() < 3 ? held : held.subList(0, 3);
        held.forEach(task -> assertTrue(isGold(task.id())));
        int golds = held.size();
        for (List<TaskView> more = fixture.lease(team, team.ann(), 1).tasks(); !more.isEmpty(); more = fixture.lease(team, team.ann(), 1).tasks()) {
            assertTrue(isGold(more.getFirst().id()));
            golds++;
        }
        assertEquals(4, golds);
    }

    @Test
    void who_fails_the_test_is_paused_and_the_managers_are_told_until_one_hands_out_work_again() {
        Team team = team(2, 8, 5, 0, 5);
        answer(team, team.ann(), 5, true);
        assertEquals(DeckState.ON_HOLD, state(team, team.ann()));
        assertEquals(1, told(team.manager(), "GOLD_FAILED"));
        assertEquals(1, told(team.ann(), "PAUSED"));
        assertEquals(PausedBy.GOLD, ActingAs.person(team.manager(), () -> assignment.ofMembers(team.project())).get(team.ann().id()).paused());
        assertEquals(0, sample.number("select count(*) from resolution where project_id = ?", team.project()));
        ActingAs.person(team.manager(), () -> assignment.resume(team.project(), team.ann().id()));
        assertFalse(isGold(fixture.one(team, team.ann()).id()), "the test is behind them");
        assertEquals(0, score(team, team.ann()).answers(), "the score begins anew");
    }

    @Test
    void a_running_score_that_surely_lies_below_the_mark_pauses() {
        Team team = team(1, 60, 200, 50, 0);
        int wrong = 0;
        while (wrong < 4) {
            wrong += answer(team, team.ann(), 1, true);
        }
        assertEquals(DeckState.READY, state(team, team.ann()), "four answers prove nothing");
        for (int i = 0; i < 40 && state(team, team.ann()) != DeckState.ON_HOLD; i++) {
            answer(team, team.ann(), 1, true);
        }
        assertEquals(DeckState.ON_HOLD, state(team, team.ann()));
        assertEquals(1, told(team.manager(), "GOLD_FAILED"));
    }

    @Test
    void gold_answers_are_paid_and_can_be_undone_like_others() {
        Team team = team(1, 3, 1, 0, 3);
        fixture.pay(team, "PER_LABEL", 70_000, null);
        long task = fixture.one(team, team.ann()).id();
        fixture.label(team.ann(), task, team.classes().get(2));
        assertEquals(70_000, fixture.settled(team));
        assertEquals(task, fixture.undo(team.ann(), task).task().orElseThrow().id());
        assertEquals(0, fixture.settled(team));
        fixture.label(team.ann(), task, team.classes().get(0));
        assertEquals(1, score(team, team.ann()).right());
        assertEquals(1, score(team, team.ann()).answers());
    }

    @Test
    void a_gold_question_given_back_is_asked_again() {
        Team team = team(1, 1, 0, 0, 1);
        long task = fixture.one(team, team.ann()).id();
        fixture.letExpire(team.ann(), task);
        long again = fixture.one(team, team.ann()).id();
        assertEquals(task, again);
        fixture.label(team.ann(), again, team.classes().get(0));
        assertEquals(1, score(team, team.ann()).answers());
    }

    @Test
    void nobody_gets_an_item_as_gold_and_as_work() {
        Team team = team(1, 10, 0, 50, 0);
        fixture.ask(team, Purpose.TRAIN, team.items());
        Set<Long> seen = new HashSet<>();
        for (List<TaskView> next = fixture.lease(team, team.ann(), 3).tasks(); !next.isEmpty(); next = fixture.lease(team, team.ann(), 3).tasks()) {
            for (TaskView view : next) {
                assertTrue(seen.add(fixture.itemOf(view.id())));
                fixture.label(team.ann(), view.id(), team.classes().get(0));
            }
        }
        assertEquals(10, seen.size());
    }

    @Test
    void reviewers_and_managers_are_not_measured_and_only_managers_see_scores() {
        Team team = team(1, 5, 5, 50, 3);
        assertEquals(0, answer(team, team.manager(), 5, false));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(team.ann(), () -> gold.scores(team.project())));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(team.ann(), () -> bulk.gold(team.project(), ItemFilter.ALL)));
    }
}
