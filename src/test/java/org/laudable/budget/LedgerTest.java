package org.laudable.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Sample;

@QuarkusTest
class LedgerTest {
    private static final long CAP = 1_000_000;

    @Inject BudgetService budget;
    @Inject Sample sample;

    private static final class Crash extends RuntimeException {}

    @Test
    void whatever_sixteen_threads_do_and_however_they_crash_the_cap_holds_and_no_reservation_leaks() throws Exception {
        long project = project(CAP);
        sample.execute("create table if not exists budget_seen (project_id bigint, taken bigint)");
        sample.execute("""
                create or replace function note_budget() returns trigger language plpgsql as $$
                begin insert into budget_seen values (new.project_id, new.settled_micros + new.reserved_micros); return null; end $$""");
        sample.execute("create or replace trigger note_budget after update on budget for each row execute function note_budget()");
        try (var threads = Executors.newFixedThreadPool(16)) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Random random = new Random(i);
                work.add(() -> spend(project, random));
            }
            int refused = 0;
            for (Future<Integer> done : threads.invokeAll(work)) {
                refused += done.get();
            }
            assertTrue(refused > 0, "the cap was never touched: the test proves nothing");
        } finally {
            sample.execute("drop trigger note_budget on budget");
        }
        assertTrue(sample.number("select max(taken) from budget_seen where project_id = ?", project) <= CAP);
        assertEquals(0, sample.number("select reserved_micros from budget where project_id = ?", project));
        assertEquals(sample.number("select settled_micros from budget where project_id = ?", project), sample.number("""
                select coalesce(sum(case kind when 'SETTLE' then amount_micros when 'REVERSE' then -amount_micros else 0 end), 0)
                from ledger_entry where project_id = ?""", project));
        assertEquals(0, sample.number("""
                select count(*) from ledger_entry r where r.project_id = ? and r.kind = 'RESERVE' and 1 <>
                  (select count(*) from ledger_entry c where c.reservation_id = r.id and c.kind in ('SETTLE', 'RELEASE'))""", project));
    }

    /** Random reserve, settle, release, reverse, some of them rolled back; answers how often the cap refused. */
    private int spend(long project, Random random) {
        List<Long> open = new ArrayList<>();
        List<Long> settled = new ArrayList<>();
        int refused = 0;
        for (int step = 0; step < 120; step++) {
            int dice = random.nextInt(10);
            boolean crash = random.nextInt(8) == 0;
            if (dice < 5) {
                OptionalLong id = inTransaction(crash, () -> budget.reserve(project, Source.PERSON, 1L, 1L, random.nextInt(80_000)));
                if (!crash && id.isPresent()) {
                    open.add(id.getAsLong());
                } else if (!crash) {
                    refused++;
                }
            } else if (dice < 7 && !open.isEmpty()) {
                long id = open.getFirst();
                inTransaction(crash, () -> budget.settle(id, random.nextInt(100_000)));
                if (!crash) {
                    settled.add(open.removeFirst());
                }
            } else if (dice < 8 && !open.isEmpty()) {
                long id = open.getLast();
                inTransaction(crash, () -> {
                    budget.release(id);
                    return null;
                });
                if (!crash) {
                    open.removeLast();
                }
            } else if (!settled.isEmpty()) {
                long id = settled.getFirst();
                inTransaction(crash, () -> {
                    budget.reverse(id, "undone");
                    return null;
                });
                if (!crash) {
                    settled.removeFirst();
                }
            }
        }
        open.forEach(budget::release);
        return refused;
    }

    /** Rolled back when {@code crash}: the process died before the commit. */
    private static <T> T inTransaction(boolean crash, Callable<T> work) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                T result = work.call();
                if (crash) {
                    throw new Crash();
                }
                return result;
            });
        } catch (Crash e) {
            return null;
        }
    }

    @Test
    void a_settlement_never_exceeds_its_reservation_and_closes_it_once() {
        long project = project(null);
        long id = budget.reserve(project, Source.PERSON, 1L, 1L, 500).orElseThrow();
        assertEquals(500, budget.settle(id, 900));
        assertEquals(500, budget.settle(id, 300), "already closed");
        budget.release(id);
        assertEquals(500, budget.summary(project).settledMicros());
        assertEquals(0, budget.summary(project).reservedMicros());
        budget.reverse(id, "undone");
        budget.reverse(id, "undone");
        assertEquals(0, budget.summary(project).settledMicros());
    }

    @Test
    void the_last_cent_can_be_reserved_and_no_more() {
        long project = project(1_000L);
        assertTrue(budget.reserve(project, Source.PERSON, 1L, 1L, 1_000).isPresent());
        assertTrue(budget.reserve(project, Source.LLM, null, null, 1).isEmpty());
        assertTrue(budget.summary(project).exhausted());
    }

    @Test
    void a_cap_cannot_be_lowered_under_what_is_taken() {
        long project = project(1_000L);
        budget.reserve(project, Source.PERSON, 1L, 1L, 800);
        assertThrows(IllegalStateException.class, () -> sample.execute("update project set cap_micros = 799 where id = ?", project));
        sample.execute("update project set cap_micros = 800 where id = ?", project);
        assertTrue(budget.reserve(project, Source.PERSON, 1L, 1L, 1).isEmpty());
    }

    @Test
    void the_ledger_is_append_only_until_its_project_goes() {
        long project = project(null);
        budget.reserve(project, Source.PERSON, 1L, 1L, 800);
        assertThrows(IllegalStateException.class, () -> sample.execute("update ledger_entry set amount_micros = 1 where project_id = ?", project));
        assertThrows(IllegalStateException.class, () -> sample.execute("delete from ledger_entry where project_id = ?", project));
        sample.execute("delete from project where id = ?", project);
        assertEquals(0, sample.number("select count(*) from ledger_entry where project_id = ?", project));
    }

    private long project(Long cap) {
        long project = sample.project(sample.person("manager"), "a", "b");
        sample.execute("update project set cap_micros = cast(? as bigint) where id = ?", cap, project);
        return project;
    }
}
