package org.laudable.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.database.Sql;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** The totals kept beside the tables say what counting everything says, whatever was done. */
@QuarkusTest
class TotalsTest {
    private static final String NET = "sum(case e.kind when 'SETTLE' then e.amount_micros else -e.amount_micros end)";
    private static final String PIECES = "sum(case e.kind when 'SETTLE' then 1 else -1 end)";

    @Inject BudgetService budget;
    @Inject LedgerReader reader;
    @Inject Tallies tallies;
    @Inject Sample sample;
    @Inject Sql sql;
    private User manager;
    private long project;

    @BeforeEach
    void a_project() {
        manager = sample.person("manager");
        project = sample.project(manager, "a", "b");
    }

    @Test
    void sums_equal_the_ledger_after_random_reservations_settlements_releases_and_reversals() {
        SplittableRandom random = new SplittableRandom(5);
        List<User> people = List.of(manager, sample.person("ann"), sample.person("ben"));
        long provider = sample.number("insert into llm_provider (name, kind, base_url, currency) values (?, 'OPENAI', 'http://127.0.0.1:9/v1', 'EUR') returning id",
                "Acme " + UUID.randomUUID());
        List<Long> models = List.of(sample.number("insert into llm_model (provider_id, name) values (?, 'small') returning id", provider),
                sample.number("insert into llm_model (provider_id, name) values (?, 'large') returning id", provider));
        List<Long> open = new ArrayList<>();
        List<Long> settled = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> open.add(reserve(random, people, models));
                case 2 -> close(random, open, settled);
                default -> {
                    if (!settled.isEmpty()) {
                        budget.reverse(settled.get(random.nextInt(settled.size())), "undone"); // some twice: nothing happens then
                    }
                }
            }
        }

        assertEquals(shares("select e.source, " + NET + ", " + PIECES + " from ledger_entry e where e.project_id = ? and e.kind in ('SETTLE', 'REVERSE')"
                + " group by 1 order by 2 desc, 1"), reader.sources(project));
        assertEquals(shares("select a.display_name, " + NET + ", " + PIECES + " from ledger_entry e join account a on a.id = e.account_id"
                + " where e.project_id = ? and e.kind in ('SETTLE', 'REVERSE') group by a.id order by 2 desc, 1"), reader.people(project));
        assertEquals(shares("select coalesce(p.name || ' · ' || m.name, ''), " + NET + ", " + PIECES + " from ledger_entry e"
                + " left join llm_call c on c.reservation_id = e.reservation_id left join llm_model m on m.id = c.model_id"
                + " left join llm_provider p on p.id = m.provider_id where e.project_id = ? and e.source = 'LLM' and e.kind in ('SETTLE', 'REVERSE')"
                + " group by 1 order by 2 desc, 1"), reader.models(project));
        assertEquals(budget.settledMicros(project), reader.days(project).stream().mapToLong(Spending.Day::micros).sum());
        assertEquals(sample.number("select settled_micros from budget where project_id = ?", project), budget.settledMicros(project));
    }

    @Test
    void counts_equal_the_tables_after_random_answers_changes_and_labels() {
        SplittableRandom random = new SplittableRandom(6);
        List<Long> classes = sample.classIds(project);
        List<Long> items = sample.items(project, IntStream.range(0, 60).mapToObj(i -> "text " + i).toList());
        List<Long> tasks = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            tasks.add(sample.number("insert into task (project_id, item_id, purpose, priority, reason, state) values (?, ?, ?, 0, '', 'DONE') returning id",
                    project, items.get(i), i % 10 == 0 ? "GOLD" : "TRAIN"));
        }
        String[] kinds = {"LABEL", "NONE", "SKIP", "FLAG", "RETRACTED"};
        String[] origins = {"PERSON", "REVIEWER", "LLM", "MODEL"};
        for (int i = 0; i < 900; i++) {
            int item = random.nextInt(items.size());
            switch (random.nextInt(5)) {
                case 0, 1, 2 -> {
                    String kind = kinds[random.nextInt(kinds.length)];
                    sample.execute("""
                            insert into annotation (client_id, task_id, item_id, project_id, account_id, revision, kind, class_id, surplus, answered_at)
                            select ?, ?, ?, ?, ?, 1 + coalesce(max(revision), 0), ?, ?::bigint, ?, now() from annotation where task_id = ? and account_id = ?""",
                            UUID.randomUUID(), tasks.get(item), items.get(item), project, manager.id(), kind, kind.equals("LABEL") ? classes.getFirst() : null,
                            random.nextInt(4) == 0, tasks.get(item), manager.id());
                }
                case 3 -> {
                    sample.execute("update resolution set superseded_at = now() where item_id = ? and superseded_at is null", items.get(item));
                    if (random.nextInt(3) > 0) {
                        sample.execute("insert into resolution (project_id, item_id, outcome, origin) values (?, ?, 'NONE', ?)", project, items.get(item),
                                origins[random.nextInt(origins.length)]);
                    }
                }
                default -> sample.execute("update annotation set surplus = not surplus where id = (select max(id) from annotation where task_id = ?)", tasks.get(item));
            }
            if (i % 150 == 0) {
                assertCounts();
            }
        }
        sample.execute("delete from resolution where item_id = any (?)", (Object) items.subList(0, 10).toArray(Long[]::new));
        sample.execute("delete from annotation where item_id = any (?)", (Object) items.subList(0, 20).toArray(Long[]::new));
        assertCounts();
        assertCounts(); // once more, after many changes were put together
        sample.execute("delete from item where id = ?", items.getLast());
        assertCounts();
    }

    @Test
    void a_project_goes_with_all_its_counts() {
        long item = sample.items(project, List.of("text")).getFirst();
        sample.execute("insert into resolution (project_id, item_id, outcome, origin) values (?, ?, 'NONE', 'PERSON')", project, item);
        budget.settle(budget.reserve(project, Source.PERSON, manager.id(), null, 10).orElseThrow(), 10);

        sample.execute("delete from project where id = ?", project);

        assertEquals(0, sample.number("select count(*) from tally where project_id = ?", project));
        assertEquals(0, sample.number("select count(*) from ledger_total where project_id = ?", project));
    }

    private void assertCounts() {
        assertEquals(sample.number("select count(*) from counted_answer where project_id = ?", project), tallies.answers(project));
        assertEquals(sample.number("""
                select count(*) from resolution where project_id = ? and superseded_at is null and origin in ('PERSON', 'REVIEWER', 'LLM')""", project),
                tallies.resolved(project));
        assertEquals(sample.number("select count(*) from resolution where project_id = ? and superseded_at is null and origin = 'LLM'", project),
                tallies.byLanguageModel(project));
    }

    private long reserve(SplittableRandom random, List<User> people, List<Long> models) {
        long micros = 1 + random.nextInt(1_000_000);
        if (random.nextBoolean()) {
            return budget.reserve(project, Source.PERSON, people.get(random.nextInt(people.size())).id(), null, micros).orElseThrow();
        }
        long reservation = budget.reserve(project, Source.LLM, null, null, micros).orElseThrow();
        if (random.nextInt(4) > 0) {
            sample.execute("""
                    insert into llm_call (request_id, provider_id, model_id, project_id, purpose, input_hash, outcome, month, reservation_id, currency)
                    select ?, provider_id, id, ?, 'classify', '\\x00', 'IN_FLIGHT', '2026-01-01', ?, 'EUR' from llm_model where id = ?""",
                    UUID.randomUUID(), project, reservation, models.get(random.nextInt(models.size())));
        }
        return reservation;
    }

    private void close(SplittableRandom random, List<Long> open, List<Long> settled) {
        if (open.isEmpty()) {
            return;
        }
        long reservation = open.remove(random.nextInt(open.size()));
        switch (random.nextInt(3)) {
            case 0 -> budget.release(reservation);
            case 1 -> budget.settle(reservation, random.nextInt(1_000_000));
            default -> budget.settleBill(reservation, random.nextInt(2_000_000), null);
        }
        settled.add(reservation);
    }

    private List<Spending.Share> shares(String query) {
        return sql.list(query, row -> new Spending.Share(row.getString(1), row.getLong(2), row.getLong(3)), project);
    }
}
