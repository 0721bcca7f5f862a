package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.laudable.dataset.ItemFilter;
import org.laudable.labeling.LabelingFixture.Team;
import org.laudable.security.ActingAs;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** Everybody waits for locks in one order, so that no two people wait for one another. */
@QuarkusTest
class LockOrderTest {
    @Inject LabelingFixture fixture;
    @Inject Sample sample;
    @Inject BulkService bulk;
    @Inject Assignment assignment;
    @Inject DataSource dataSource;

    /** Paid work with gold items in every second question. */
    private Team team(int items) {
        Team team = fixture.team(2, items);
        List<Long> known = team.items().subList(0, items / 2);
        known.forEach(item -> sample.execute("update item set known_class_id = ? where id = ?", team.classes().get(0), item));
        ActingAs.person(team.manager(), () -> bulk.gold(team.project(), ItemFilter.ALL));
        sample.execute("update project set gold_percent = 50, gold_pass_percent = 1 where id = ?", team.project());
        fixture.pay(team, "PER_LABEL", 10_000, null);
        fixture.ask(team, Purpose.TRAIN, team.items().subList(items / 2, items));
        return team;
    }

    /** A transaction of somebody else that holds one row. */
    private Connection holding(String row, Object... parameters) throws SQLException {
        Connection other = dataSource.getConnection();
        other.setAutoCommit(false);
        lock(other, row + " for update", parameters);
        return other;
    }

    private static void lock(Connection connection, String query, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeQuery();
        }
    }

    /** Fails at once if somebody holds the row. */
    private void isFree(String row, Object... parameters) throws SQLException {
        try (Connection third = dataSource.getConnection()) {
            third.setAutoCommit(false);
            lock(third, row + " for update nowait", parameters);
            third.rollback();
        }
    }

    private void waitsFor(String table) {
        Eventually.holds("somebody waits for " + table, () -> sample.number(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like ?", "%" + table + "%") > 0);
    }

    private static <T> Future<T> atTheSameTime(Callable<T> work) {
        var thread = Executors.newVirtualThreadPerTaskExecutor();
        Future<T> result = thread.submit(work);
        thread.shutdown();
        return result;
    }

    @Test
    void who_waits_for_their_gold_turn_does_not_hold_the_money() throws Exception {
        Team team = team(20);
        long held = fixture.one(team, team.ann()).id();
        fixture.letExpire(team.ann(), held); // its reservation is freed when work is handed out next
        sample.execute("insert into gold_person (project_id, account_id) values (?, ?) on conflict do nothing", team.project(), team.ann().id());
        String turn = "select 1 from gold_person where project_id = ? and account_id = ?";
        try (Connection other = holding(turn, team.project(), team.ann().id())) {
            Future<LeaseReply> handed = atTheSameTime(() -> fixture.lease(team, team.ann(), 2));
            waitsFor("gold_person");
            isFree("select 1 from budget where project_id = ?", team.project());
            other.rollback();
            assertEquals(DeckState.READY, handed.get().state());
        }
    }

    @Test
    void a_manager_who_hands_out_work_again_waits_for_no_question() throws Exception {
        Team team = team(20);
        long task = fixture.one(team, team.ben()).id();
        fixture.say(team.ben(), task, AnswerKind.SKIP);
        ActingAs.person(team.manager(), () -> {
            assignment.pause(team.project(), team.ann().id());
            return null;
        });
        try (Connection other = holding("select 1 from task where project_id = ? and state = 'OPEN'", team.project())) {
            ActingAs.person(team.manager(), () -> { // comes back though somebody works on every question
                assignment.resume(team.project(), team.ann().id());
                return null;
            });
            isFree("select 1 from gold_person where project_id = ? and account_id = ?", team.project(), team.ann().id());
            other.rollback();
        }
        assertEquals(DeckState.READY, fixture.lease(team, team.ann(), 1).state());
    }

    @Test
    void two_pages_of_a_person_and_their_manager_never_stop_one_another() throws Exception {
        Team team = team(120);
        Callable<Void> page = () -> {
            UUID deck = UUID.randomUUID();
            for (int i = 0; i < 25; i++) {
                for (TaskView view : fixture.lease(team, team.ann(), deck, 2).tasks()) {
                    if (view.id() % 5 == 0) {
                        fixture.letExpire(team.ann(), view.id());
                    } else {
                        fixture.label(team.ann(), view.id(), team.classes().get((int) (view.id() % 2)));
                    }
                }
            }
            return null;
        };
        Callable<Void> manager = () -> {
            for (int i = 0; i < 25; i++) {
                ActingAs.person(team.manager(), () -> assignment.pause(team.project(), team.ann().id()));
                ActingAs.person(team.manager(), () -> assignment.resume(team.project(), team.ann().id()));
            }
            return null;
        };
        for (Future<Void> one : Stream.of(page, page, manager).map(LockOrderTest::atTheSameTime).toList()) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new AssertionError("Somebody was stopped", e.getCause());
            }
        }
        assertEquals(0, fixture.overfilled(team));
    }
}
