package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.dataset.ItemFilter;
import org.laudable.labeling.LabelingFixture.Team;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** What is done to all items of a filter at once, and taken back. */
@QuarkusTest
class BulkTest {
    @Inject LabelingFixture fixture;
    @Inject Sample sample;
    @Inject BulkService bulk;
    @Inject TaskQueue queue;

    private static ItemFilter filter(String search, ItemFilter.Status status) {
        return new ItemFilter(search, status, null, null, null, null, ItemFilter.Order.FILE);
    }

    private BulkAction label(Team team, ItemFilter filter, int choice) {
        return ActingAs.person(team.manager(), () -> bulk.label(team.project(), filter, team.classes().get(choice)));
    }

    private BulkAction undo(Team team, BulkAction action) {
        return ActingAs.person(team.manager(), () -> bulk.undo(action.id()));
    }

    private long labeled(Team team, String origin, int choice) {
        return sample.number("""
                select count(*) from resolution where project_id = ? and superseded_at is null and origin = ? and class_id = ?""",
                team.project(), origin, team.classes().get(choice));
    }

    private long current(Team team) {
        return sample.number("select count(*) from resolution where project_id = ? and superseded_at is null", team.project());
    }

    @Test
    void all_items_of_a_filter_get_a_reviewers_label_and_the_undo_brings_back_what_was_there() {
        Team team = fixture.asked(1, 6, 1);
        long answered = fixture.one(team, team.ann()).id();
        fixture.label(team.ann(), answered, team.classes().get(0));
        BulkAction done = label(team, ItemFilter.ALL, 2);
        assertEquals(BulkAction.State.DONE, done.state());
        assertEquals(6, done.changed());
        assertEquals(6, labeled(team, "REVIEWER", 2));
        assertTrue(fixture.lease(team, team.ann(), 1).tasks().isEmpty(), "nothing is asked that is labeled");
        BulkAction undone = undo(team, done);
        assertEquals(BulkAction.State.UNDONE, undone.state());
        assertEquals(6, undone.undone());
        assertEquals(1, current(team));
        assertEquals(team.classes().get(0), fixture.resolved(answered), "Ann's label is back");
        assertEquals(3, sample.number("select count(*) from resolution where item_id = ?", fixture.itemOf(answered)), "the history stays");
    }

    @Test
    void only_the_filters_items_change_and_the_same_again_changes_nothing() {
        Team team = fixture.team(1, 12);
        BulkAction ones = label(team, filter("number 1", ItemFilter.Status.ALL), 1);
        assertEquals(3, ones.changed(), "1, 10 and 11");
        assertEquals(12 - 3, label(team, filter("", ItemFilter.Status.UNLABELED), 0).changed());
        assertEquals(12, label(team, filter("", ItemFilter.Status.LABELED), 0).found());
        assertEquals(12, labeled(team, "REVIEWER", 0));
        BulkAction again = label(team, ItemFilter.ALL, 0);
        assertEquals(0, again.changed());
        assertEquals(12, again.skipped());
    }

    @Test
    void the_audit_sample_is_neither_labeled_nor_cleared() {
        Team team = fixture.team(1, 4);
        sample.execute("update item set split = 'AUDIT' where id = ?", team.items().get(0));
        assertEquals(1, label(team, ItemFilter.ALL, 0).skipped());
        sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin) values (?, ?, 'LABEL', ?, 'PERSON')",
                team.project(), team.items().get(0), team.classes().get(1));
        ActingAs.person(team.manager(), () -> bulk.clear(team.project(), ItemFilter.ALL));
        assertEquals(1, current(team));
    }

    @Test
    void what_somebody_said_since_stays_when_it_is_taken_back() {
        Team team = fixture.team(1, 3);
        BulkAction first = label(team, ItemFilter.ALL, 0);
        sample.execute("update resolution set superseded_at = now() where item_id = ?", team.items().get(1));
        sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin) values (?, ?, 'LABEL', ?, 'REVIEWER')",
                team.project(), team.items().get(1), team.classes().get(2));
        assertEquals(2, undo(team, first).undone());
        assertEquals(1, current(team));
        assertEquals(1, labeled(team, "REVIEWER", 2));
        assertThrows(Refused.class, () -> undo(team, first));
    }

    @Test
    void cleared_labels_come_back() {
        Team team = fixture.team(1, 5);
        label(team, ItemFilter.ALL, 1);
        BulkAction cleared = ActingAs.person(team.manager(), () -> bulk.clear(team.project(), filter("", ItemFilter.Status.LABELED)));
        assertEquals(5, cleared.changed());
        assertEquals(0, current(team));
        assertEquals(5, undo(team, cleared).undone());
        assertEquals(5, labeled(team, "REVIEWER", 1));
    }

    @Test
    void what_is_sent_to_the_queue_is_asked_first_stays_there_and_can_be_taken_back() {
        Team team = fixture.team(2, 8);
        fixture.ask(team, Purpose.TRAIN, team.items().subList(0, 4));
        ItemFilter last = filter("number 7", ItemFilter.Status.ALL);
        BulkAction sent = ActingAs.person(team.manager(), () -> bulk.queue(team.project(), last, Optional.empty()));
        assertEquals(1, sent.changed());
        queue.withdrawUnheld(team.project(), Purpose.TRAIN);
        assertEquals(team.items().get(7), fixture.itemOf(fixture.one(team, team.ann()).id()), "the loop leaves it there");
        BulkAction rest = ActingAs.person(team.manager(), () -> bulk.queue(team.project(), ItemFilter.ALL, Optional.empty()));
        assertEquals(7, rest.changed());
        assertEquals(7, undo(team, rest).undone());
        assertTrue(fixture.lease(team, team.ben(), 1).tasks().isEmpty());
    }

    @Test
    void items_can_be_reserved_for_a_person_whether_they_are_asked_already_or_not() {
        Team team = fixture.team(2, 4);
        fixture.ask(team, Purpose.TRAIN, team.items().subList(0, 2));
        ActingAs.person(team.manager(), () -> bulk.queue(team.project(), ItemFilter.ALL, Optional.of(Reservation.forPerson(team.ben().id()))));
        assertTrue(fixture.lease(team, team.ann(), 1).tasks().isEmpty());
        assertEquals(4, IntStream.range(0, 4).map(i -> {
            fixture.label(team.ben(), fixture.one(team, team.ben()).id(), team.classes().get(0));
            return 1;
        }).sum());
    }

    @Test
    void questions_of_the_audit_sample_stay_when_everything_else_is_labeled() {
        Team team = fixture.team(1, 4);
        sample.execute("update item set split = 'AUDIT' where id = ?", team.items().get(0));
        fixture.ask(team, Purpose.AUDIT, team.items().subList(0, 1));
        fixture.ask(team, Purpose.TRAIN, team.items().subList(1, 3));
        label(team, ItemFilter.ALL, 0);
        assertEquals(team.items().get(0), fixture.itemOf(fixture.one(team, team.ann()).id()));
        assertEquals(1, sample.number("select count(*) from task where project_id = ? and state = 'OPEN'", team.project()));
    }

    @Test
    void what_the_loop_had_asked_is_for_anybody_again_once_a_reservation_is_taken_back() {
        Team team = fixture.team(2, 3);
        fixture.ask(team, Purpose.TRAIN, team.items().subList(0, 1));
        sample.execute("update task set run_id = 1 where project_id = ?", team.project());
        BulkAction sent = ActingAs.person(team.manager(),
                () -> bulk.queue(team.project(), ItemFilter.ALL, Optional.of(Reservation.forPerson(team.ben().id()))));
        undo(team, sent);
        assertEquals(team.items().get(0), fixture.itemOf(fixture.one(team, team.ann()).id()));
        assertEquals(1, sample.number("select count(*) from task where project_id = ? and state = 'OPEN'", team.project()));
    }

    @Test
    void a_disputed_item_that_was_sent_to_the_queue_is_the_reviewers_again_after_the_undo() {
        Team team = fixture.team(2, 2);
        fixture.ask(team, Purpose.TRAIN, team.items().subList(0, 1));
        sample.execute("update task set state = 'DONE', review_reason = 'DISAGREEMENT' where project_id = ?", team.project());
        BulkAction sent = ActingAs.person(team.manager(), () -> bulk.queue(team.project(), filter("number 0", ItemFilter.Status.ALL), Optional.empty()));
        assertEquals(1, sent.changed());
        undo(team, sent);
        assertEquals(1, sample.number("select count(*) from task where project_id = ? and review_reason = 'DISAGREEMENT'", team.project()));
        assertEquals(0, sample.number("select count(*) from task where project_id = ? and state = 'OPEN'", team.project()));
    }

    @Test
    void nobody_is_asked_who_was_heard_on_the_item_already() {
        Team team = fixture.asked(1, 1, 1);
        fixture.label(team.ann(), fixture.one(team, team.ann()).id(), team.classes().get(0));
        ActingAs.person(team.manager(), () -> bulk.clear(team.project(), ItemFilter.ALL));
        BulkAction sent = ActingAs.person(team.manager(), () -> bulk.queue(team.project(), ItemFilter.ALL, Optional.empty()));
        assertEquals(0, sent.changed(), "a question that nobody may answer would wait for ever");
    }

    @Test
    void many_items_are_done_in_the_background_and_taken_back_there() {
        Team team = fixture.team(1, 0);
        sample.execute("""
                insert into item (project_id, body, fingerprint, shuffle)
                select ?, 'text ' || n, decode(md5('bulk ' || n), 'hex'), n from generate_series(1, 9000) n""", team.project());
        BulkAction started = label(team, ItemFilter.ALL, 0);
        Eventually.holds("all items are labeled", () -> newest(team).state() == BulkAction.State.DONE);
        assertEquals(9000, labeled(team, "REVIEWER", 0));
        undo(team, started);
        Eventually.holds("all is taken back", () -> newest(team).state() == BulkAction.State.UNDONE);
        assertEquals(0, current(team));
    }

    private BulkAction newest(Team team) {
        return ActingAs.person(team.manager(), () -> bulk.newest(team.project())).orElseThrow();
    }

    @Test
    void annotators_may_not() {
        Team team = fixture.team(1, 2);
        User reviewer = sample.person("reviewer");
        sample.member(team.project(), reviewer, "REVIEWER");
        assertThrows(ForbiddenException.class, () -> ActingAs.person(team.ann(), () -> bulk.clear(team.project(), ItemFilter.ALL)));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(team.ann(), () -> bulk.newest(team.project())));
        BulkAction done = ActingAs.person(reviewer, () -> bulk.label(team.project(), ItemFilter.ALL, team.classes().get(0)));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(team.ann(), () -> bulk.undo(done.id())));
        assertThrows(Refused.class, () -> label(team, filter("no such text", ItemFilter.Status.ALL), 0));
        assertEquals(List.of(2L), List.of(done.changed()));
    }
}
