package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.dataset.ItemFilter;
import org.laudable.labeling.LabelingFixture.Team;
import org.laudable.security.ActingAs;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** A process that ends in the middle of an action on many items: nothing is done twice, and the undo is complete. */
@QuarkusTest
class BulkInterruptedTest {
    /** Two whole pieces and a third. */
    private static final int MANY = 4_000;

    @Inject LabelingFixture fixture;
    @Inject Sample sample;
    @Inject BulkService bulk;
    @Inject BulkWork work;
    @Inject BulkWatch watch;

    private Team manyItems() {
        Team team = fixture.team(1, 0);
        sample.execute("""
                insert into item (project_id, body, fingerprint, shuffle)
                select ?, 'text ' || n, substring(sha256(convert_to(n::text, 'UTF8')) for 16), n from generate_series(1, ?) n""",
                team.project(), MANY);
        sample.execute("""
                insert into resolution (project_id, item_id, outcome, class_id, origin)
                select project_id, id, 'LABEL', ?, 'MODEL' from item where project_id = ? and id % 3 = 0""", team.classes().get(0), team.project());
        return team;
    }

    /** The process ends at the very end of every piece, each time it is tried first. */
    private void breakEveryPieceOnce(Team team) {
        sample.execute("create sequence interruption_" + team.project());
        sample.execute("""
                create function interrupt_%1$d() returns trigger language plpgsql as $$
                begin
                  if nextval('interruption_%1$d') %% 2 = 1 then raise exception 'the process ends here'; end if;
                  return new;
                end $$""".formatted(team.project()));
        sample.execute("""
                create trigger interrupt_%1$d before update of last_item on bulk_action for each row
                when (new.project_id = %1$d and new.last_item > 0) execute function interrupt_%1$d()""".formatted(team.project()));
    }

    private void breakNothing(Team team) {
        sample.execute("drop trigger interrupt_%1$d on bulk_action".formatted(team.project()));
        sample.execute("drop function interrupt_%1$d".formatted(team.project()));
        sample.execute("drop sequence interruption_%1$d".formatted(team.project()));
    }

    /** As a process would that is started again after each end. */
    private int goOn(long action) {
        int interrupted = 0;
        while (true) {
            try {
                if (!work.step(action)) {
                    return interrupted;
                }
            } catch (Sql.Failure end) {
                interrupted++;
            }
        }
    }

    private long current(Team team, String origin) {
        return sample.number("select count(*) from resolution where project_id = ? and superseded_at is null and origin = ?", team.project(), origin);
    }

    private long newest(Team team) {
        return sample.number("select max(id) from bulk_action where project_id = ?", team.project());
    }

    @Test
    void every_piece_is_done_once_though_each_was_interrupted_and_the_undo_too() {
        Team team = manyItems();
        long modelled = current(team, "MODEL");
        breakEveryPieceOnce(team);
        try {
            assertThrows(Sql.Failure.class, () -> ActingAs.person(team.manager(), () -> bulk.label(team.project(), ItemFilter.ALL, team.classes().get(1))));
            long action = newest(team);
            assertThrows(Refused.class, () -> ActingAs.person(team.manager(), () -> bulk.clear(team.project(), ItemFilter.ALL)), "it goes on first");
            assertTrue(goOn(action) >= 1);
            assertEquals(MANY, current(team, "REVIEWER"));
            assertEquals(MANY, sample.number("select count(*) from resolution where project_id = ? and origin = 'REVIEWER'", team.project()), "none twice");
            assertEquals(MANY, sample.number("select changed from bulk_action where id = ?", action));

            assertThrows(Sql.Failure.class, () -> ActingAs.person(team.manager(), () -> bulk.undo(action)));
            assertTrue(goOn(action) >= 1);
            assertEquals(0, current(team, "REVIEWER"));
            assertEquals(modelled, current(team, "MODEL"), "what was there is there again");
            assertEquals(1, sample.number("select count(*) from bulk_action where id = ? and state = 'UNDONE'", action));
        } finally {
            breakNothing(team);
        }
    }

    @Test
    void what_a_killed_process_left_goes_on_by_itself_after_the_start() {
        Team team = manyItems();
        breakEveryPieceOnce(team);
        try {
            assertThrows(Sql.Failure.class, () -> ActingAs.person(team.manager(), () -> bulk.clear(team.project(), ItemFilter.ALL)));
        } finally {
            breakNothing(team);
        }
        long cleared = current(team, "MODEL");
        assertTrue(cleared > 0);
        watch.look(Duration.ZERO);
        Eventually.holds("the action is done", () ->
                sample.number("select count(*) from bulk_action where id = ? and state = 'DONE'", newest(team)) == 1);
        assertEquals(0, current(team, "MODEL"));
        assertEquals(cleared, sample.number("select changed from bulk_action where id = ?", newest(team)));
    }

    @Test
    void of_two_that_start_at_once_one_is_told_to_wait() {
        Team team = fixture.team(1, 3);
        BulkAction done = ActingAs.person(team.manager(), () -> bulk.label(team.project(), ItemFilter.ALL, team.classes().get(1)));
        sample.execute("""
                insert into bulk_action (project_id, kind, filter, found, newest_item, created_by) values (?, 'CLEAR', '{}', 100000, 0, ?)""",
                team.project(), team.manager().id());
        assertThrows(Refused.class, () -> ActingAs.person(team.manager(), () -> bulk.clear(team.project(), ItemFilter.ALL)));
        assertThrows(Refused.class, () -> ActingAs.person(team.manager(), () -> bulk.undo(done.id())), "nor is anything taken back meanwhile");
        assertThrows(IllegalStateException.class, () -> sample.execute("""
                insert into bulk_action (project_id, kind, filter, found, newest_item) values (?, 'CLEAR', '{}', 1, 0)""", team.project()),
                "the database keeps to it, whoever asks");
    }
}
